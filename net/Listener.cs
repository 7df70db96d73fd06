using System.Net;
using Teralog.Net.Native;

namespace Teralog.Net;

/// <summary>
/// A bound socket that gives its connections to the loops of its group, each to the one with the
/// fewest. When descriptors or memory run out it pauses (clients wait in the backlog), says so
/// once, and tries again by a timer; it never spins.
/// </summary>
public sealed unsafe class Listener : IEventTarget
{
    private static long s_idLast;

    private readonly ReactorGroup _group;
    private readonly EventLoop _loop;
    private readonly Func<Connection, IConnectionHandler> _factory;
    private readonly ConnectionCounter _counter;
    private readonly bool _isWildcard;
    private readonly int _fd;
    private readonly long _token;
    private bool _isWatching;
    private bool _isPaused;
    private bool _isStopped;
    private long _refusalLogTicks;
    private int _refusedCount;

    internal Listener(
        ReactorGroup group,
        EventLoop loop,
        int fd,
        ListenerOptions options,
        Func<Connection, IConnectionHandler> factory)
    {
        _group = group;
        _loop = loop;
        _fd = fd;
        // Made off the loop's thread; a listener needs no generation, it is closed on its own.
        _token = (1L << 62) + fd;
        _factory = factory;
        _counter = new ConnectionCounter(
            options.ConnectionsMax, options.ConnectionsPerAddressMax);
        Options = options;
        Endpoint = ListenSocket.LocalEndpoint(fd);
        _isWildcard = Endpoint.Address.Equals(IPAddress.Any)
            || Endpoint.Address.Equals(IPAddress.IPv6Any);
        loop.Post(null, _ => Watch(), null);
    }

    /// <summary>The name in its options.</summary>
    public string Name => Options.Name;

    /// <summary>The bound endpoint, with the real port where 0 was asked for.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>What it was made with.</summary>
    public ListenerOptions Options { get; }

    /// <summary>Connections that are open now. Any thread.</summary>
    public int ConnectionCount => _counter.Count;

    long IEventTarget.Token => _token;

    /// <summary>For tests: an error number that accept fails with, 0 for none.</summary>
    internal Func<int>? AcceptFault { get; set; }

    /// <summary>Accepts no more; open connections live on. Any thread.</summary>
    public void StopAccepting() => _loop.Post(null, _ => Stop(), null);

    void IEventTarget.OnReady(Readiness readiness)
    {
        for (var i = 0; i < Limits.AcceptsPerTurn && TryAccept(); i++)
        {
        }
    }

    internal IPEndPoint LocalOf(int fd) =>
        _isWildcard ? ListenSocket.LocalEndpoint(fd) : Endpoint;

    internal void Left(Connection connection) => _counter.Remove(connection.Peer.Address);

    private void Watch()
    {
        if (_isStopped)
            return;
        var errno = _loop.Watch(_fd, this);
        _isWatching = errno == 0;
        if (errno != 0)
            Pause(errno);
    }

    private void Unwatch()
    {
        if (_isWatching)
            _loop.Unwatch(_fd);
        _isWatching = false;
    }

    private void Stop()
    {
        if (_isStopped)
            return;
        _isStopped = true;
        Unwatch();
        _ = Libc.Close(_fd);
    }

    private bool TryAccept()
    {
        var address = stackalloc byte[NativeAddress.BytesMax];
        uint addressBytes = NativeAddress.BytesMax;
        var errno = AcceptFault?.Invoke() ?? 0;
        var fd = -1;
        if (errno == 0)
        {
            fd = Libc.Accept(_fd, address, &addressBytes, Libc.SocketFlags);
            errno = fd < 0 ? Libc.LastError : 0;
        }
        if (errno != 0)
            return GoesOnAfter(errno);
        if (_isPaused)
            Log.AcceptResumed(_loop.Logger, Name);
        _isPaused = false;
        HandOver(fd, NativeAddress.Read(new Span<byte>(address, NativeAddress.BytesMax)));
        return true;
    }

    private bool GoesOnAfter(int errno)
    {
        if (Errno.IsExhaustion(errno))
        {
            Pause(errno);
            return false;
        }
        // Anything else but "none is there" concerns one connection that died in the backlog.
        return errno != Errno.Again;
    }

    private void Pause(int errno)
    {
        if (!_isPaused)
            Log.AcceptPaused(_loop.Logger, Name, errno);
        _isPaused = true;
        Unwatch();
        _loop.Schedule(null, Limits.AcceptPause, _ => Watch(), null);
    }

    private void HandOver(int fd, IPEndPoint peer)
    {
        if (_counter.TryAdd(peer.Address) is { } limit)
        {
            LogRefusal(peer, limit);
            _ = Libc.Close(fd);
            return;
        }
        var loop = _group.LeastLoaded();
        loop.AddLoad();
        var pending = new PendingSocket(loop, this, fd, peer);
        if (!loop.Post(null, static socket => Admit((PendingSocket)socket!), pending))
            Drop(pending);
    }

    /// <summary>A flood of connections must not become a flood of lines.</summary>
    private void LogRefusal(IPEndPoint peer, int limit)
    {
        _refusedCount++;
        if (_loop.NowTicks < _refusalLogTicks)
            return;
        _refusalLogTicks = _loop.NowTicks + Limits.RefusalLogInterval.Ticks;
        Log.ConnectionRefused(_loop.Logger, Name, peer, limit, _refusedCount);
        _refusedCount = 0;
    }

    private static void Drop(PendingSocket pending)
    {
        _ = Libc.Close(pending.Fd);
        pending.Listener._counter.Remove(pending.Peer.Address);
        pending.Loop.RemoveLoad();
    }

    private static void Admit(PendingSocket pending)
    {
        var (loop, listener, fd, peer) = pending;
        if (loop.IsDraining)
        {
            Drop(pending);
            return;
        }
        Libc.TrySetOption(fd, Libc.LevelTcp, Libc.TcpNoDelay, 1);
        var id = Interlocked.Increment(ref s_idLast);
        var connection = new Connection(loop, listener, fd, peer, id);
        var errno = loop.Admit(connection, fd);
        if (errno == 0)
        {
            connection.Start(listener._factory);
            return;
        }
        Log.ConnectionDropped(loop.Logger, listener.Name, errno);
        Drop(pending);
    }
}
