using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Teralog.Benchmarks.Load;

/// <summary>
/// One thread that drives all connections over one epoll. Closed loop: the next request follows
/// the answer. Open loop: requests are due at fixed times whether or not the broker keeps up, and
/// latency counts from the due time, so that a stall is charged to every request it delayed.
/// </summary>
internal sealed unsafe class LoadRun : IDisposable
{
    private const int ReceiveBytes = 256 * 1024;
    private const int EventsMax = 64;
    private static readonly TimeSpan _stallMax = TimeSpan.FromSeconds(30);
    private readonly int _epoll = Native.EpollCreate(0);
    private readonly byte* _buffer = (byte*)NativeMemory.AlignedAlloc(ReceiveBytes, 4096);
    private readonly LoadConnection[] _connections;
    private LoadMeter _meter = new();

    public LoadRun(LoadConnection[] connections)
    {
        _connections = connections;
        for (var index = 0; index < connections.Length; index++)
            Watch(index, Native.EpollAdd, Native.EpollIn);
        // The default slack of 50 microseconds would be part of every latency.
        _ = Native.ProcessControl(Native.SetTimerSlack, 1, 0, 0, 0);
    }

    public void Dispose()
    {
        foreach (var connection in _connections)
            connection.Dispose();
        _ = Native.Close(_epoll);
        NativeMemory.AlignedFree(_buffer);
    }

    /// <summary>So many requests, one at a time on each connection.</summary>
    public LoadMeter Closed(long requests)
    {
        _meter = new();
        var left = requests;
        Action<LoadConnection> next = Next;
        foreach (var connection in _connections)
            Next(connection);
        while (_meter.Answers < requests)
            Turn(_stallMax, next);
        return _meter;

        void Next(LoadConnection connection)
        {
            if (left-- > 0)
                _meter.BytesSent += connection.Request(Stopwatch.GetTimestamp());
        }
    }

    /// <summary>Requests at a fixed rate for a time, the connections in turn.</summary>
    public LoadMeter Open(double requestsPerSecond, TimeSpan time)
    {
        _meter = new();
        var start = Stopwatch.GetTimestamp();
        var ticksPerRequest = Stopwatch.Frequency / requestsPerSecond;
        var requests = (long)(requestsPerSecond * time.TotalSeconds);
        long sent = 0;
        while (_meter.Answers < requests)
        {
            var now = Stopwatch.GetTimestamp();
            while (sent < requests && start + (long)(sent * ticksPerRequest) <= now)
            {
                var connection = _connections[sent % _connections.Length];
                var dueAt = start + (long)(sent * ticksPerRequest);
                _meter.BytesSent += connection.Request(dueAt);
                WatchIfBlocked((int)(sent % _connections.Length));
                sent++;
            }
            var next = start + (long)(sent * ticksPerRequest);
            var wait = sent == requests
                ? _stallMax
                : Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), next);
            Turn(wait < TimeSpan.Zero ? TimeSpan.Zero : wait, null);
        }
        return _meter;
    }

    private void Turn(TimeSpan wait, Action<LoadConnection>? onIdle)
    {
        var timeout = new TimeSpec
        {
            Seconds = (long)wait.TotalSeconds, Nanoseconds = wait.Ticks % 10_000_000 * 100,
        };
        var events = stackalloc EpollEvent[EventsMax];
        var count = Native.EpollWait(_epoll, events, EventsMax, &timeout, null);
        if (count == 0 && wait == _stallMax)
            throw new TimeoutException($"No answer within {_stallMax.TotalSeconds} s.");
        for (var index = 0; index < count; index++)
        {
            var at = (int)events[index].Data;
            if ((events[index].Events & Native.EpollOut) != 0)
                _meter.BytesSent += _connections[at].SendMore();
            if ((events[index].Events & ~Native.EpollOut) != 0)
                Receive(_connections[at], onIdle);
            WatchIfBlocked(at);
        }
    }

    private void Receive(LoadConnection connection, Action<LoadConnection>? onIdle)
    {
        var count = Native.Receive(connection.Descriptor, _buffer, ReceiveBytes, 0);
        if (count < 0 && Marshal.GetLastSystemError() == Native.Again)
            return;
        if (count <= 0)
            throw new IOException("The broker closed the connection.");
        connection.Received(new(_buffer, (int)count), _meter);
        if (connection.Pending == 0)
            onIdle?.Invoke(connection);
    }

    private void WatchIfBlocked(int index)
    {
        var connection = _connections[index];
        if (connection.IsBlocked == connection.IsBlockedInPoll)
            return;
        connection.IsBlockedInPoll = connection.IsBlocked;
        Watch(index, Native.EpollModify,
            Native.EpollIn | (connection.IsBlocked ? Native.EpollOut : 0));
    }

    private void Watch(int index, int operation, uint events)
    {
        var wanted = new EpollEvent { Events = events, Data = (ulong)index };
        if (Native.EpollControl(_epoll, operation, _connections[index].Descriptor, &wanted) != 0)
            throw new IOException("epoll_ctl failed.");
    }
}
