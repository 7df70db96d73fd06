using Teralog.Records;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// A client's standing fetch (KIP-227): partitions in the order in which they are read, those
/// that gave data last at the end. A session belongs to no connection, so it has a lock; nothing
/// is called under it.
/// </summary>
internal sealed class FetchSession
{
    public const int FinalEpoch = -1;
    public const int InitialEpoch = 0;

    private readonly Lock _lock = new();
    private readonly HashSet<SessionPartition> _partitions =
        new(SessionPartitionComparer.Instance);

    private readonly LinkedList<SessionPartition> _order = new();
    private long _lastUsedMs;

    public FetchSession(int id, bool usesTopicIds, long nowMs)
    {
        Id = id;
        UsesTopicIds = usesTopicIds;
        CreatedMs = nowMs;
        _lastUsedMs = nowMs;
        Epoch = NextEpoch(InitialEpoch);
    }

    public int Id { get; }

    public bool UsesTopicIds { get; }

    public long CreatedMs { get; }

    public long LastUsedMs => Volatile.Read(ref _lastUsedMs);

    /// <summary>The epoch that the next request must bring.</summary>
    public int Epoch { get; private set; }

    public int Count => _partitions.Count;

    /// <summary>After the greatest comes 1: 0 and -1 have meanings of their own.</summary>
    public static int NextEpoch(int epoch) => epoch == int.MaxValue ? 1 : epoch + 1;

    /// <summary>Takes all partitions of a full fetch and what is answered for them.</summary>
    public void Fill(FetchPending pending)
    {
        lock (_lock)
        {
            AddOrUpdate(pending);
            foreach (ref var slot in pending.Slots)
                _ = slot.Session!.Note(slot.Result);
        }
    }

    /// <summary>
    /// Brings the session up to date with an incremental request and puts all its partitions into
    /// the request. None: done. Empty sessions are left to the caller.
    /// </summary>
    public FetchContext Update(FetchPending pending, bool usesTopicIds, long nowMs)
    {
        lock (_lock)
        {
            if (pending.Parameters.SessionEpoch != Epoch)
                return FetchContext.InvalidEpoch;
            if (usesTopicIds != UsesTopicIds)
                return FetchContext.TopicIdError;
            AddOrUpdate(pending);
            Forget(pending);
            Volatile.Write(ref _lastUsedMs, nowMs);
            Epoch = NextEpoch(Epoch);
            pending.ClearPartitions();
            foreach (var partition in _order)
                Ask(partition, pending);
            return FetchContext.Incremental;
        }
    }

    /// <summary>
    /// Notes what is answered and marks what the client knows already by dropping its handle.
    /// Partitions with data go to the end, so that the others have their turn first.
    /// </summary>
    /// <returns>How many partitions are answered.</returns>
    public int Note(FetchPending pending)
    {
        var answered = 0;
        lock (_lock)
        {
            foreach (ref var slot in pending.Slots)
            {
                var partition = slot.Session!;
                slot.IsLeftOut = !partition.Note(slot.Result);
                if (!slot.IsLeftOut)
                    answered++;
                if (slot.Result.Slice.Length > 0 && partition.Node.List is not null)
                {
                    _order.Remove(partition.Node);
                    _order.AddLast(partition.Node);
                }
            }
        }
        return answered;
    }

    private void AddOrUpdate(FetchPending pending)
    {
        var lookup = _partitions.GetAlternateLookup<SessionKey>();
        foreach (ref var slot in pending.Slots)
        {
            var key = new SessionKey(
                pending.Topics.Name(slot.Topic), pending.Topics.TopicId(slot.Topic), slot.Index);
            if (!lookup.TryGetValue(key, out var partition))
            {
                partition = SessionPartitionComparer.Instance.Create(key);
                Invariant.That(_partitions.Add(partition));
                _order.AddLast(partition.Node);
            }
            partition.Ask(slot);
            slot.Session = partition;
        }
    }

    private void Forget(FetchPending pending)
    {
        var lookup = _partitions.GetAlternateLookup<SessionKey>();
        foreach (var (topic, index) in pending.Forgotten)
        {
            var key = new SessionKey(
                pending.ForgottenTopics.Name(topic), pending.ForgottenTopics.TopicId(topic), index);
            if (!lookup.TryGetValue(key, out var partition))
                continue;
            _ = _partitions.Remove(partition);
            _order.Remove(partition.Node);
        }
    }

    private static void Ask(SessionPartition partition, FetchPending pending)
    {
        var topics = pending.Topics;
        var last = topics.Count - 1;
        if (last < 0 || topics.TopicId(last) != partition.TopicId
            || !topics.Name(last).SequenceEqual(partition.Name))
        {
            topics.Add(partition.Name, partition.TopicId);
        }
        ref var slot = ref pending.AddPartition();
        slot.Topic = topics.Count - 1;
        partition.Fill(ref slot);
    }
}
