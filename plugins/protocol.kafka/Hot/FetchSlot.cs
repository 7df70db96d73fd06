using Teralog.Abstractions;

namespace Teralog.Protocol.Kafka;

/// <summary>One partition of a fetch: what is asked, then what was found.</summary>
internal struct FetchSlot
{
    /// <summary>Index into the request's topics.</summary>
    public int Topic;

    public int Index;
    public int CurrentLeaderEpoch;
    public int LastFetchedEpoch;
    public int MaxBytes;
    public long Offset;

    /// <summary>The session's entry where the fetch belongs to one.</summary>
    public SessionPartition? Session;

    /// <summary>The partition, once found.</summary>
    public PartitionHandle? Handle;

    /// <summary>The latest answer; its lease is ours until it is queued.</summary>
    public FetchResult Result;

    /// <summary>The client knows all of this already: it is not in the answer.</summary>
    public bool IsLeftOut;

    /// <summary>Index in the written response behind which the slice goes; 0 for none.</summary>
    public int Cut;

    /// <summary>Gives the slice back where it was not sent.</summary>
    public void DropSlice()
    {
        Result.Slice.Lease?.Dispose();
        Result = default;
    }

    /// <summary>Says that the partition cannot be read.</summary>
    public void Fail(BrokerError error)
    {
        DropSlice();
        Result = new()
        {
            Error = error,
            HighWatermark = -1,
            LastStableOffset = -1,
            LogStartOffset = -1,
        };
    }
}
