using System.Net;

namespace Teralog.Net;

/// <summary>An accepted socket on its way to its loop.</summary>
internal sealed record PendingSocket(EventLoop Loop, Listener Listener, int Fd, IPEndPoint Peer);
