using Teralog.Abstractions;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// One partition of a fetch session: what to fetch, and what the client was told last. Guarded
/// by its session's lock.
/// </summary>
internal sealed class SessionPartition
{
    public SessionPartition(ReadOnlySpan<byte> name, Guid topicId, int index)
    {
        Name = name.ToArray();
        TopicId = topicId;
        Index = index;
        Node = new(this);
    }

    /// <summary>Topic name as bytes of UTF-8; empty where the session has ids.</summary>
    public byte[] Name { get; }

    public Guid TopicId { get; }

    public int Index { get; }

    /// <summary>Its place in the session's order; in no list once it is forgotten.</summary>
    public LinkedListNode<SessionPartition> Node { get; }

    public int CurrentLeaderEpoch { get; private set; }

    public int LastFetchedEpoch { get; private set; }

    public int MaxBytes { get; private set; }

    public long Offset { get; private set; }

    /// <summary>The partition as it was found last.</summary>
    public PartitionHandle? Handle { get; set; }

    private long HighWatermark { get; set; } = -1;

    private long LogStartOffset { get; set; } = -1;

    /// <summary>Takes over what a request says.</summary>
    public void Ask(in FetchSlot slot)
    {
        CurrentLeaderEpoch = slot.CurrentLeaderEpoch;
        LastFetchedEpoch = slot.LastFetchedEpoch;
        MaxBytes = slot.MaxBytes;
        Offset = slot.Offset;
    }

    /// <summary>Asks for it in a request.</summary>
    public void Fill(ref FetchSlot slot)
    {
        slot.Index = Index;
        slot.CurrentLeaderEpoch = CurrentLeaderEpoch;
        slot.LastFetchedEpoch = LastFetchedEpoch;
        slot.MaxBytes = MaxBytes;
        slot.Offset = Offset;
        slot.Session = this;
    }

    /// <summary>
    /// Notes what is about to be answered; true where the client does not know it already. An
    /// error is always told, and what follows it too.
    /// </summary>
    public bool Note(in FetchResult result)
    {
        var isNews = result.Slice.Length > 0
            || result.Error != BrokerError.None
            || result.HighWatermark != HighWatermark
            || result.LogStartOffset != LogStartOffset;
        HighWatermark = result.Error == BrokerError.None ? result.HighWatermark : -1;
        LogStartOffset = result.LogStartOffset;
        return isNews;
    }
}
