namespace Teralog.Broker.Groups;

/// <summary>
/// One timer for the deadlines of all groups. An entry only says when to look: the group knows
/// what is due. Any thread may call; <see cref="GroupShard.OnDeadline"/> is called on a pool
/// thread, outside the lock.
/// </summary>
internal sealed class DeadlineQueue : IDisposable
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<(GroupShard Shard, string GroupId), long> _entries = new();
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private long _timerMs = long.MaxValue;
    private bool _isDisposed;

    public DeadlineQueue(TimeProvider time)
    {
        _time = time;
        _timer = time.CreateTimer(
            static queue => ((DeadlineQueue)queue!).Fire(), this, Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>Looks at a group at or soon after a moment.</summary>
    public void Add(GroupShard shard, string groupId, long deadlineMs)
    {
        lock (_gate)
        {
            _entries.Enqueue((shard, groupId), deadlineMs);
            if (deadlineMs < _timerMs)
                SetTimer(deadlineMs);
        }
    }

    /// <summary>Nothing fires any more, but for a look that is under way.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _entries.Clear();
            _timer.Dispose();
        }
    }

    private long NowMs() => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private void SetTimer(long deadlineMs)
    {
        if (_isDisposed)
            return;
        _timerMs = deadlineMs;
        // Never at once: whoever adds holds its shard's lock. The longest that a timer of the
        // framework takes is about 49 days.
        var waitMs = Math.Clamp(deadlineMs - NowMs(), 1, int.MaxValue);
        _timer.Change(TimeSpan.FromMilliseconds(waitMs), Timeout.InfiniteTimeSpan);
    }

    private void Fire()
    {
        var due = new List<(GroupShard Shard, string GroupId)>();
        lock (_gate)
        {
            var nowMs = NowMs();
            while (_entries.TryPeek(out var entry, out var deadlineMs) && deadlineMs <= nowMs)
            {
                _entries.Dequeue();
                due.Add(entry);
            }

            _timerMs = long.MaxValue;
            if (_entries.TryPeek(out _, out var nextMs))
                SetTimer(nextMs);
        }

        foreach (var (shard, groupId) in due)
            shard.OnDeadline(groupId);
    }
}
