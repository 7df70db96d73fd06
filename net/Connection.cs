using System.Buffers;
using System.Net;

namespace Teralog.Net;

/// <summary>
/// One accepted TCP connection. It belongs to one loop; everything is called on that loop's
/// thread, except <see cref="Post"/>, <see cref="Close"/> and the properties that never change.
/// Output is what was written here and in <see cref="Append"/>, in that order; it moves only
/// after <see cref="Flush"/>. Written bytes may be patched until control returns to the loop.
/// </summary>
public sealed class Connection : IBufferWriter<byte>
{
    /// <summary>Unique in the process and never used again.</summary>
    public long Id { get; internal init; }

    /// <summary>The other side.</summary>
    public IPEndPoint Peer { get; internal init; } = new(0, 0);

    /// <summary>Our side.</summary>
    public IPEndPoint Local { get; internal init; } = new(0, 0);

    /// <summary>The name of the listener that accepted it.</summary>
    public string ListenerName { get; internal init; } = "";

    /// <summary>What the frontend hangs on it. Loop thread only.</summary>
    public object? State { get; set; }

    /// <summary>The caller is on this connection's loop thread.</summary>
    public bool IsOnLoop => throw new NotImplementedException();

    /// <summary>It is closed or closing: nothing more is sent. Any thread.</summary>
    public bool IsClosed => throw new NotImplementedException();

    /// <summary>Bytes queued and not yet sent, slices included.</summary>
    public long OutputPendingBytes => throw new NotImplementedException();

    /// <summary>
    /// The handler should leave the rest of its input: it is muted, its output queue is above
    /// the high mark, or the connection is closing.
    /// </summary>
    public bool IsInputPaused => throw new NotImplementedException();

    /// <summary>What was said about the close, for the log; null when nothing was.</summary>
    public string? CloseDetail => throw new NotImplementedException();

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0) => throw new NotImplementedException();

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0) => throw new NotImplementedException();

    /// <inheritdoc/>
    public void Advance(int count) => throw new NotImplementedException();

    /// <summary>
    /// Queues a range of a file behind what was written. The lease is disposed exactly once:
    /// when the range is sent or when the connection closes.
    /// </summary>
    public void Append(in FileSlice slice) => throw new NotImplementedException();

    /// <summary>
    /// Sends what is queued: after the handler's call returns, or at the end of the loop's turn,
    /// so that many answers leave in one system call.
    /// </summary>
    public void Flush() => throw new NotImplementedException();

    /// <summary>
    /// Runs work on the loop of this connection. From the loop's own thread it runs at the end of
    /// the turn. In order per posting thread. Posted work runs also after the connection is
    /// closed, so that it can free what it holds; false (and it never runs) only when the group
    /// has stopped. Any thread.
    /// </summary>
    public bool Post(Action<object?> work, object? state) => throw new NotImplementedException();

    /// <summary>Runs work on the loop later, once; see <see cref="Post"/>.</summary>
    public ScheduledWork Schedule(TimeSpan delay, Action<object?> work, object? state) =>
        throw new NotImplementedException();

    /// <summary>Stops reading until <see cref="Unmute"/>.</summary>
    public void Mute() => throw new NotImplementedException();

    /// <summary>Stops reading for a while (throttling), beside <see cref="Mute()"/>; the
    /// latest end counts.</summary>
    public void Mute(TimeSpan duration) => throw new NotImplementedException();

    /// <summary>Ends <see cref="Mute()"/>. Input that was left is shown again.</summary>
    public void Unmute() => throw new NotImplementedException();

    /// <summary>
    /// Closes now: what is queued is offered to the socket once, the rest is dropped. The
    /// handler hears of it at the end of the turn. The first reason counts. Any thread.
    /// </summary>
    public void Close(CloseReason reason, string? detail = null) =>
        throw new NotImplementedException();

    /// <summary>Reads no more and closes once everything queued is sent. Loop thread.</summary>
    public void CloseWhenFlushed(CloseReason reason, string? detail = null) =>
        throw new NotImplementedException();
}
