namespace Teralog.Net;

/// <summary>What a socket is watched for; the values are epoll's.</summary>
[Flags]
internal enum Interest
{
    None = 0,
    Read = 0x1,
    Write = 0x4,
    EdgeTriggered = 1 << 31,
}
