using Microsoft.Extensions.Logging;
using Teralog.Net.Native;

namespace Teralog.Net;

/// <summary>
/// One thread that waits for ready sockets, lets connections receive, runs due and posted work,
/// and sends, in this order, turn after turn. Everything a connection does happens here; only
/// <see cref="Post"/> may be called from elsewhere. An exception that reaches the loop itself is
/// a bug of ours and ends the process.
/// </summary>
internal sealed partial class EventLoop
{
    private readonly IEventQueue _queue = new EpollQueue();
    private readonly ReadyEvent[] _ready = new ReadyEvent[Limits.EventsPerWait];
    private readonly PostQueue _remote = new();
    private readonly Queue<PostedWork> _local = new();
    private readonly TimerHeap _timers = new();
    private readonly TaskCompletionSource _ended =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _clock;
    private readonly long _epoch;
    private readonly int _wakeFd;
    private readonly Thread _thread;
    private IEventTarget?[] _targets = new IEventTarget?[256];
    private List<Connection> _touched = [];
    private List<Connection> _settling = [];
    private int _generation;
    private int _sleeping;

    public EventLoop(int index, ReactorOptions options, MemoryBudget budget)
    {
        Logger = options.Logger;
        Budget = budget;
        Warmer = new FileWarmer { IsColdForTests = options.IsColdForTests };
        _clock = options.Clock;
        _epoch = _clock.GetTimestamp();
        _wakeFd = Libc.EventFd(0, Libc.EventFlags);
        var errno = _wakeFd < 0 ? Libc.LastError : 0;
        if (errno == 0)
            errno = _queue.Add(_wakeFd, Interest.Read | Interest.EdgeTriggered, _wakeFd);
        if (errno != 0)
            throw new InvalidOperationException($"A loop cannot be woken: errno {errno}.");
        _thread = new Thread(Run) { Name = $"net-loop-{index}", IsBackground = true };
        _thread.Start();
    }

    public ILogger Logger { get; }

    public MemoryBudget Budget { get; }

    public FileWarmer Warmer { get; }

    public BufferPool Pool { get; } = new();

    /// <summary>Where receives go first; shared by the connections of this loop.</summary>
    public NativeBuffer ReceiveBuffer { get; } = new(Limits.ReceiveBytes);

    /// <summary>When this turn began, in ticks of the loop's own clock.</summary>
    public long NowTicks { get; private set; }

    /// <summary>The thread has ended.</summary>
    public Task Ended => _ended.Task;

    public bool IsCurrent => Environment.CurrentManagedThreadId == _thread.ManagedThreadId;

    /// <summary>Runs work on this loop; false when it has ended. Any thread.</summary>
    public bool Post(Connection? owner, Action<object?> work, object? state)
    {
        var posted = new PostedWork(owner, work, state);
        if (IsCurrent)
        {
            _local.Enqueue(posted);
            return true;
        }
        if (!_remote.TryAdd(posted))
            return false;
        // The exchange is also the fence between adding and looking whether the loop sleeps.
        if (Interlocked.Exchange(ref _sleeping, 0) == 1)
            Wake();
        return true;
    }

    public ScheduledWork Schedule(
        Connection? owner, TimeSpan delay, Action<object?> work, object? state)
    {
        var scheduled = new ScheduledWork(work, state) { Connection = owner };
        _timers.Add(scheduled, ReadClock() + Math.Max(0, delay.Ticks));
        return scheduled;
    }

    /// <summary>The connection is settled at the end of this turn, or of the next.</summary>
    public void AddTouched(Connection connection) => _touched.Add(connection);

    public long MakeToken(int fd) => ((long)++_generation << 32) | (uint)fd;

    /// <summary>Begins to watch; the error number, 0 when it worked.</summary>
    public int Watch(int fd, IEventTarget target)
    {
        while (fd >= _targets.Length)
            Array.Resize(ref _targets, _targets.Length * 2);
        var errno = _queue.Add(fd, Interest.Read, target.Token);
        if (errno == 0)
            _targets[fd] = target;
        return errno;
    }

    public void ChangeInterest(int fd, Interest interest, long token) =>
        _queue.Modify(fd, interest, token);

    /// <summary>Watches no more; the caller closes the descriptor.</summary>
    public void Unwatch(int fd)
    {
        _queue.Remove(fd);
        _targets[fd] = null;
    }

    private unsafe void Wake()
    {
        // Watched edge-triggered, so nobody has to read it; the counter cannot overflow.
        var one = 1UL;
        Libc.Write(_wakeFd, &one, sizeof(ulong));
    }

    private void Run()
    {
        try
        {
            while (!IsFinished())
                Turn();
            Release();
        }
        catch (Exception exception)
        {
            Environment.FailFast("A network loop failed: a bug of Teralog.Net.", exception);
        }
        _ended.SetResult();
    }

    private bool IsFinished() =>
        _isDraining && _connections.Count == 0 && _local.Count == 0 && _touched.Count == 0
        && _remote.TryClose();

    private void Turn()
    {
        var count = Wait();
        NowTicks = ReadClock();
        for (var i = 0; i < count; i++)
            Dispatch(_ready[i]);
        RunDue();
        RunPosted();
        SettleTouched();
    }

    private int Wait()
    {
        var timeoutMs = TimeoutMs();
        if (timeoutMs == 0)
            return _queue.Wait(_ready, 0);
        Interlocked.Exchange(ref _sleeping, 1);
        if (!_remote.IsEmpty)
            timeoutMs = 0;
        var count = _queue.Wait(_ready, timeoutMs);
        Volatile.Write(ref _sleeping, 0);
        return count;
    }

    private int TimeoutMs()
    {
        if (_touched.Count > 0 || _local.Count > 0 || !_remote.IsEmpty)
            return 0;
        if (_timers.NextDueTicks is not { } dueTicks)
            return -1;
        var ticks = Math.Max(0, dueTicks - ReadClock());
        var ms = (ticks + TimeSpan.TicksPerMillisecond - 1) / TimeSpan.TicksPerMillisecond;
        return (int)Math.Min(ms, int.MaxValue);
    }

    private void Dispatch(ReadyEvent ready)
    {
        // The wake descriptor has no target, and its number may be above the table.
        var fd = (int)ready.Token;
        var target = fd < _targets.Length ? _targets[fd] : null;
        if (target is not null && target.Token == ready.Token)
            target.OnReady(ready.Readiness);
    }

    private void RunDue()
    {
        while (_timers.TakeDue(NowTicks) is { } due)
            RunGuarded(new PostedWork(due.Connection, due.Work, due.State));
    }

    private void RunPosted()
    {
        var batch = _remote.Take();
        foreach (ref var work in batch)
        {
            RunGuarded(work);
            work = default;
        }
        for (var i = 0; i < Limits.PostedPerTurn && _local.TryDequeue(out var work); i++)
            RunGuarded(work);
    }

    private void RunGuarded(in PostedWork work)
    {
        try
        {
            work.Work(work.State);
        }
        catch (Exception exception)
        {
            // A bug of whoever posted it: that connection pays, the others live on.
            if (work.Owner is null)
                Log.PostedWorkThrew(Logger, exception);
            else
                work.Owner.Fail(exception);
        }
    }

    private void SettleTouched()
    {
        (_touched, _settling) = (_settling, _touched);
        foreach (var connection in _settling)
            connection.Settle();
        _settling.Clear();
    }

    private long ReadClock() => _clock.GetElapsedTime(_epoch).Ticks;

    private void Release()
    {
        _queue.Dispose();
        Libc.Close(_wakeFd);
        Pool.Dispose();
        ReceiveBuffer.Free();
    }
}
