using System.Buffers;
using System.Net;

namespace Teralog.Net;

/// <summary>
/// One accepted TCP connection. It belongs to one loop; everything is called on that loop's
/// thread, except <see cref="Post"/>, <see cref="Close"/> and the properties that never change.
/// Output is what was written here and by <see cref="Append"/>, in that order; it moves only
/// after <see cref="Flush"/>. Written bytes may be patched until control returns to the loop.
/// What is written after the close is dropped, and its leases are disposed.
/// </summary>
public sealed partial class Connection : IBufferWriter<byte>
{
    private readonly EventLoop _loop;
    private readonly Listener _listener;
    private readonly int _fd;
    private readonly long _token;
    private readonly InputStore _input;
    private readonly OutputQueue _output;
    private IConnectionHandler _handler = NoHandler.Instance;

    internal Connection(EventLoop loop, Listener listener, int fd, IPEndPoint peer, long id)
    {
        _loop = loop;
        _listener = listener;
        _fd = fd;
        _token = loop.MakeToken(fd);
        _input = new InputStore(loop.Pool, loop.Budget);
        _output = new OutputQueue(loop.Pool, loop.Logger);
        _lastActivityTicks = loop.NowTicks;
        Id = id;
        Peer = peer;
        Local = listener.LocalOf(fd);
    }

    /// <summary>Unique in the process and never used again.</summary>
    public long Id { get; }

    /// <summary>The other side.</summary>
    public IPEndPoint Peer { get; }

    /// <summary>Our side.</summary>
    public IPEndPoint Local { get; }

    /// <summary>The name of the listener that accepted it.</summary>
    public string ListenerName => _listener.Name;

    /// <summary>What the frontend hangs on it. Loop thread only.</summary>
    public object? State { get; set; }

    /// <summary>The caller is on this connection's loop thread.</summary>
    public bool IsOnLoop => _loop.IsCurrent;

    /// <summary>It is closed or closing: nothing more is sent. Any thread.</summary>
    public bool IsClosed => Volatile.Read(ref _isClosing);

    /// <summary>Bytes queued and not yet sent, slices included.</summary>
    public long OutputPendingBytes => _output.PendingBytes;

    /// <summary>
    /// The handler should leave the rest of its input: it is muted, its output queue is above
    /// the high mark, or the connection is closing.
    /// </summary>
    public bool IsInputPaused => IsMuted || IsOutputFull() || _isInputEnded || _isClosing;

    /// <summary>What was said about the close, for the log; null when nothing was.</summary>
    public string? CloseDetail { get; private set; }

    internal int LoopIndex { get; set; }

    internal TimeSpan? IdleTimeout => _listener.Options.IdleTimeout;

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        BeforeWrite();
        return _output.GetSpan(sizeHint);
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        BeforeWrite();
        return _output.GetMemory(sizeHint);
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        BeforeWrite();
        _output.Advance(count);
    }

    /// <summary>
    /// Queues a range of a file behind what was written. The lease is disposed exactly once:
    /// when the range is sent or when the connection closes.
    /// </summary>
    public void Append(in FileSlice slice)
    {
        BeforeWrite();
        _output.Append(slice);
    }

    /// <summary>
    /// Sends what is queued: after the handler's call returns, or at the end of the loop's turn,
    /// so that many answers leave in one system call.
    /// </summary>
    public void Flush()
    {
        BeforeWrite();
        _isFlushRequested = true;
        Touch();
    }

    /// <summary>
    /// Runs work on the loop of this connection. From the loop's own thread it runs at the end of
    /// the turn. In order per posting thread. Posted work runs also after the connection is
    /// closed, so that it can free what it holds; false (and it never runs) only when the group
    /// has stopped. Any thread.
    /// </summary>
    public bool Post(Action<object?> work, object? state) => _loop.Post(this, work, state);

    /// <summary>Runs work on the loop later, once, even when the connection has closed by then;
    /// work that is still waiting when the group stops never runs.</summary>
    public ScheduledWork Schedule(TimeSpan delay, Action<object?> work, object? state)
    {
        RequireLoop();
        return _loop.Schedule(this, delay, work, state);
    }

    /// <summary>Stops reading until <see cref="Unmute"/>.</summary>
    public void Mute()
    {
        RequireLoop();
        _isMutedByHandler = true;
    }

    /// <summary>Stops reading for a while (throttling), beside <see cref="Mute()"/>; the
    /// latest end counts.</summary>
    public void Mute(TimeSpan duration)
    {
        RequireLoop();
        MuteFor(duration);
    }

    /// <summary>Ends <see cref="Mute()"/>. Input that was left is shown again.</summary>
    public void Unmute()
    {
        RequireLoop();
        _isMutedByHandler = false;
        Touch();
    }

    /// <summary>
    /// Closes now: what is queued is offered to the socket once, the rest is dropped. The
    /// handler hears of it at the end of the turn. The first reason counts. Any thread.
    /// </summary>
    public void Close(CloseReason reason, string? detail = null)
    {
        if (_loop.IsCurrent)
            BeginClose(reason, detail);
        else
            Post(_ => BeginClose(reason, detail), null);
    }

    /// <summary>Reads no more and closes once everything queued is sent. Loop thread.</summary>
    public void CloseWhenFlushed(CloseReason reason, string? detail = null)
    {
        RequireLoop();
        EndWhenFlushed(reason, detail);
    }

    private void RequireLoop()
    {
        if (!_loop.IsCurrent)
            throw new InvalidOperationException("Only on the connection's loop: use Post.");
    }

    private void BeforeWrite()
    {
        RequireLoop();
        if (_isClosed)
            TouchNextTurn();
    }
}
