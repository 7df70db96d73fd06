namespace Teralog.Net;

/// <summary>What a socket is ready for; the values are epoll's.</summary>
[Flags]
internal enum Readiness
{
    None = 0,
    Read = 0x1,
    Write = 0x4,
    Error = 0x8,
    HangUp = 0x10,
}
