namespace Teralog.Net;

/// <summary>
/// A frontend's logic for one connection. Every call comes on the connection's loop thread and
/// none may block: a loop serves thousands of connections. An exception out of a call is a bug
/// of the handler; it is logged, that connection is closed and the others live on.
/// </summary>
public interface IConnectionHandler
{
    /// <summary>
    /// Bytes are there. Consume whole frames, leave the rest; it is kept and shown again, with
    /// more behind it. Stop early when <see cref="Connection.IsInputPaused"/> becomes true: what
    /// is left is shown again as soon as reading goes on. The bytes may be changed in place and
    /// are valid only during the call.
    /// </summary>
    void OnData(Connection connection, ref InputBuffer input);

    /// <summary>
    /// The connection is closed, its socket is gone, its output and leases are released. Called
    /// exactly once, and nothing but posted work follows it.
    /// </summary>
    void OnClosed(Connection connection, CloseReason reason);

    /// <summary>
    /// No further input will come: the peer ended its side, or the group is draining. False (the
    /// default) closes the connection once its queued output is sent. True keeps it open for
    /// answers that are still to come; the handler then ends it by
    /// <see cref="Connection.CloseWhenFlushed"/>. Called at most once.
    /// </summary>
    bool OnInputEnded(Connection connection) => false;
}
