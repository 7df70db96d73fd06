namespace Teralog.Net;

/// <summary>How an attempt to send a queue ended.</summary>
internal enum SendResult
{
    /// <summary>Everything is with the kernel.</summary>
    Done,

    /// <summary>The socket is full: wait until it is writable.</summary>
    SocketFull,

    /// <summary>The connection had its share of this turn.</summary>
    TurnOver,

    /// <summary>The file range at the front must be read from the disk first.</summary>
    FileCold,

    /// <summary>The peer is gone.</summary>
    PeerGone,

    /// <summary>A file slice ended early or its file could not be read.</summary>
    FileFailed,
}
