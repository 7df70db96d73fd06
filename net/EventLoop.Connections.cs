namespace Teralog.Net;

/// <summary>The connections of a loop: who is here, who is idle, who waits for memory.</summary>
internal sealed partial class EventLoop
{
    private readonly List<Connection> _connections = [];
    private readonly List<Connection> _memoryWaiters = [];
    private TimeSpan _sweepInterval = Limits.IdleSweepMax;
    private ScheduledWork? _sweep;
    private bool _isDraining;
    private int _load;
    private int _isRetryPosted;

    /// <summary>Connections here or on their way here. Any thread.</summary>
    public int Load => Volatile.Read(ref _load);

    /// <summary>A connection was given to this loop. Any thread.</summary>
    public void AddLoad() => Interlocked.Increment(ref _load);

    /// <summary>It did not arrive, or has gone. Any thread.</summary>
    public void RemoveLoad() => Interlocked.Decrement(ref _load);

    /// <summary>Takes a connection; the error number, 0 when it worked.</summary>
    public int Admit(Connection connection, int fd)
    {
        var errno = Watch(fd, connection);
        if (errno != 0)
            return errno;
        connection.LoopIndex = _connections.Count;
        _connections.Add(connection);
        if (connection.IdleTimeout is { } timeout)
            SweepWithin(timeout);
        return 0;
    }

    /// <summary>A draining loop takes no more connections.</summary>
    public bool IsDraining => _isDraining;

    /// <summary>Forgets a connection; the caller closes the descriptor.</summary>
    public void Remove(Connection connection, int fd)
    {
        Unwatch(fd);
        var last = _connections[^1];
        _connections[connection.LoopIndex] = last;
        last.LoopIndex = connection.LoopIndex;
        _connections.RemoveAt(_connections.Count - 1);
        RemoveLoad();
    }

    /// <summary>Ends all connections: in order within the time, by force after it.</summary>
    public void Drain(TimeSpan timeout)
    {
        _isDraining = true;
        foreach (var connection in _connections)
        {
            if (timeout <= TimeSpan.Zero)
                connection.Close(CloseReason.Stopping);
            else
                connection.Drain();
        }
        if (timeout > TimeSpan.Zero && _connections.Count > 0)
            Schedule(null, timeout, _ => Drain(TimeSpan.Zero), null);
    }

    public void AddMemoryWaiter(Connection connection) => _memoryWaiters.Add(connection);

    public void RemoveMemoryWaiter(Connection connection) => _memoryWaiters.Remove(connection);

    /// <summary>Input memory came free: those who wait try again. Any thread.</summary>
    public void RetryMemory()
    {
        if (Interlocked.Exchange(ref _isRetryPosted, 1) == 0)
            Post(null, static loop => ((EventLoop)loop!).WakeMemoryWaiters(), this);
    }

    private void WakeMemoryWaiters()
    {
        Volatile.Write(ref _isRetryPosted, 0);
        foreach (var connection in _memoryWaiters)
            connection.MemoryMayBeFree();
        _memoryWaiters.Clear();
    }

    private void SweepWithin(TimeSpan timeout)
    {
        var ticks = Math.Clamp(
            timeout.Ticks / 8, Limits.IdleSweepMin.Ticks, Limits.IdleSweepMax.Ticks);
        _sweepInterval = TimeSpan.FromTicks(Math.Min(_sweepInterval.Ticks, ticks));
        _sweep ??= Schedule(null, _sweepInterval, static loop => ((EventLoop)loop!).Sweep(), this);
    }

    private void Sweep()
    {
        foreach (var connection in _connections)
            connection.CloseIfIdle(NowTicks);
        _sweep = _connections.Count == 0
            ? null
            : Schedule(null, _sweepInterval, static loop => ((EventLoop)loop!).Sweep(), this);
    }
}
