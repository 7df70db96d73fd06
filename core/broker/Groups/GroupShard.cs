using Teralog.Abstractions;

namespace Teralog.Broker.Groups;

/// <summary>
/// The runtime of one partition of the internal topic: the only owner of its groups. Under its lock
/// a step of a group's state machine runs, and its writes are appended, so that the log has the
/// order of the steps. Durable writes are applied in that order, whatever order they complete in.
/// </summary>
/// <remarks>Lock order: shard, then partition, then deadline queue. A completion never takes the
/// shard's lock on the thread that completes.</remarks>
internal sealed class GroupShard(int partition, GroupRuntime runtime) : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private readonly Queue<InFlightWrite> _inFlight = new();
    private GroupTable _table = new();
    private BrokerError _refusal = BrokerError.CoordinatorLoading;
    private bool _isReloadDue;

    /// <summary>The partition.</summary>
    public int Partition { get; } = partition;

    /// <summary>
    /// One request: <paramref name="call"/> gets the group, or null where it does not exist and is
    /// not to be made, and answers through the reply that it gets, now or later.
    /// </summary>
    public ValueTask<T> Call<TRequest, T>(
        string groupId, bool mayAdd, TRequest request, Func<BrokerError, T> refused,
        Action<ClassicGroup?, TRequest, Reply<T>, GroupStep> call)
    {
        var reply = new Reply<T>();
        lock (_gate)
        {
            if (_refusal != BrokerError.None)
                return new ValueTask<T>(refused(_refusal));
            var step = runtime.NewStep();
            var group = mayAdd ? _table.FindOrAdd(groupId) : _table.Find(groupId);
            call(group, request, reply, step);
            Finish(group, step);
        }

        return reply.Task;
    }

    /// <summary>A question that changes nothing.</summary>
    public T Ask<T>(Func<BrokerError, T> refused, Func<GroupTable, T> answer)
    {
        lock (_gate)
            return _refusal == BrokerError.None ? answer(_table) : refused(_refusal);
    }

    /// <summary>Keeps a member alive; the request that comes most often.</summary>
    public BrokerError Heartbeat(GroupMember member)
    {
        lock (_gate)
        {
            if (_refusal != BrokerError.None)
                return _refusal;
            return _table.Find(member.GroupId)?.Heartbeat(member, runtime.NewStep())
                ?? BrokerError.UnknownMember;
        }
    }

    /// <summary>Something may be due in a group.</summary>
    public void OnDeadline(string groupId)
    {
        lock (_gate)
        {
            if (_refusal != BrokerError.None || _table.Find(groupId) is not { } group)
                return;
            var step = runtime.NewStep();
            group.ScheduledMs = long.MaxValue;
            if (group.NextDeadlineMs <= step.NowMs)
                group.Tick(step);
            Finish(group, step);
        }
    }

    /// <summary>Runs a step on every group: expiry, or a topic that is gone.</summary>
    public void ForEach(Action<ClassicGroup, GroupStep> action)
    {
        lock (_gate)
        {
            if (_refusal != BrokerError.None)
                return;
            foreach (var group in _table.Groups.ToArray())
            {
                var step = runtime.NewStep();
                action(group, step);
                Finish(group, step);
            }
        }
    }

    /// <summary>Takes over what a loader read, and serves. An error other than none keeps refusing
    /// with it.</summary>
    public void Open(GroupTable table, BrokerError refusal)
    {
        lock (_gate)
        {
            _table = table;
            _refusal = refusal;
            if (refusal != BrokerError.None)
                return;
            foreach (var group in table.Groups)
            {
                group.Restore(runtime.NewStep());
                Schedule(group);
            }
        }
    }

    /// <summary>Stops serving: everybody who waits for a rebalance is answered.</summary>
    public void Close(BrokerError refusal)
    {
        lock (_gate)
        {
            _refusal = refusal;
            foreach (var group in _table.Groups)
                group.Abandon(refusal);
        }
    }

    /// <summary>Looks at completed writes soon, on a pool thread.</summary>
    public void ScheduleDrain() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

    void IThreadPoolWorkItem.Execute()
    {
        lock (_gate)
            Drain();
    }

    private void Finish(ClassicGroup? group, GroupStep step)
    {
        Submit(step);
        Drain();
        if (group is null)
            return;
        Schedule(group);
        _table.RemoveIfVacant(group);
    }

    private void Schedule(ClassicGroup group)
    {
        if (group.NextDeadlineMs >= group.ScheduledMs)
            return;
        group.ScheduledMs = group.NextDeadlineMs;
        runtime.Deadlines.Add(this, group.GroupId, group.NextDeadlineMs);
    }

    // A shard that refuses has given its state up: what follows from it is not written.
    private void Submit(GroupStep step)
    {
        foreach (var write in step.Writes)
        {
            if (_refusal != BrokerError.None)
            {
                write.Done?.Invoke(_refusal, runtime.NewStep());
                continue;
            }

            var batches = GroupBatches.Build(write.Records, step.NowMs);
            var inFlight = new InFlightWrite(this, write, batches.Count);
            _inFlight.Enqueue(inFlight);
            foreach (var batch in batches)
                runtime.Log.Append(Partition, batch, inFlight);
            inFlight.MarkAppended();
        }
    }

    // In the order of the log: what is done waits for what was appended before it.
    private void Drain()
    {
        while (_inFlight.TryPeek(out var first) && first.IsDone)
        {
            _inFlight.Dequeue();
            if (first.Error == BrokerError.None)
                Apply(first.Write);
            else
                OnFailed(first.Error);
            var step = runtime.NewStep();
            first.Write.Done?.Invoke(first.Error, step);
            Submit(step);
            Schedule(first.Write.Group);
            _table.RemoveIfVacant(first.Write.Group);
        }

        if (_isReloadDue && _inFlight.Count == 0)
        {
            _isReloadDue = false;
            ThreadPool.UnsafeQueueUserWorkItem(
                static work => ShardLoader.Load(work.shard, work.runtime), (shard: this, runtime),
                preferLocal: false);
        }
    }

    // Where nobody knows whether the log has a write, only the log can tell.
    private void OnFailed(BrokerError error)
    {
        GroupLogMessages.WriteFailed(runtime.Logger, Partition, error);
        var isUnknown = error is BrokerError.TimedOut or BrokerError.StorageFailedAfterAppend
            or BrokerError.NotEnoughReplicasAfterAppend;
        if (!isUnknown || _refusal != BrokerError.None)
            return;
        _refusal = BrokerError.CoordinatorLoading;
        _isReloadDue = true;
        foreach (var group in _table.Groups)
            group.Abandon(BrokerError.CoordinatorNotAvailable);
    }

    private void Apply(GroupWrite write)
    {
        foreach (var record in write.Records)
            _table.Apply(record.Key, record.Value);
    }
}
