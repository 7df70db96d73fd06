namespace Teralog.Net;

/// <summary>Why a connection ended. A closed set: callers switch without a default.</summary>
public enum CloseReason
{
    /// <summary>The peer ended its side in order and everything queued for it was sent.</summary>
    PeerClosed,

    /// <summary>The peer reset the connection, or the network lost it.</summary>
    PeerReset,

    /// <summary>Nothing moved for <see cref="ListenerOptions.IdleTimeout"/>.</summary>
    IdleTimeout,

    /// <summary>The handler asked for it, in order.</summary>
    Requested,

    /// <summary>The handler asked for it because the peer sent what no peer may send.</summary>
    ProtocolError,

    /// <summary>A frame needs more than <see cref="ListenerOptions.InputBytesMax"/>.</summary>
    InputTooLarge,

    /// <summary>A partial frame held the process's last input memory for too long.</summary>
    MemoryPressure,

    /// <summary>A file slice ended early or could not be read.</summary>
    FileFailed,

    /// <summary>The handler threw: a bug of the handler, logged with the connection.</summary>
    HandlerFailed,

    /// <summary>The group is stopping and the time to drain is over, or nothing is left.</summary>
    Stopping,
}
