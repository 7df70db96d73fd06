using System.Runtime.InteropServices;

namespace Teralog.Net.Native;

/// <summary>
/// The system calls of the loops. All arguments are blittable, so a call is a plain call; errno
/// is read by <see cref="Marshal.GetLastSystemError"/> and only after a failure, because asking
/// the runtime to save it costs ten times the call (performance.md §1c).
/// </summary>
internal static unsafe partial class Libc
{
    public const int StreamSocket = 1;
    public const int SocketFlags = 0x800 | 0x80000; // SOCK_NONBLOCK | SOCK_CLOEXEC
    public const int MessageNoSignal = 0x4000;
    public const int MessageMore = 0x8000;
    public const int ShutdownWrite = 1;
    public const int LevelSocket = 1;
    public const int LevelTcp = 6;
    public const int LevelIpv6 = 41;
    public const int ReuseAddress = 2;
    public const int SendBuffer = 7;
    public const int ReceiveBuffer = 8;
    public const int KeepAlive = 9;
    public const int TcpNoDelay = 1;
    public const int TcpCongestion = 13;
    public const int Ipv6Only = 26;
    public const int EventFlags = 0x800 | 0x80000; // EFD_NONBLOCK | EFD_CLOEXEC
    public const int ReadNoWait = 8; // RWF_NOWAIT
    public const int EpollCloseOnExec = 0x80000;

    private const string Name = "libc";

    [LibraryImport(Name, EntryPoint = "epoll_create1")]
    public static partial int EpollCreate(int flags);

    [LibraryImport(Name, EntryPoint = "epoll_ctl")]
    public static partial int EpollControl(int epoll, int operation, int fd, byte* epollEvent);

    [LibraryImport(Name, EntryPoint = "epoll_wait")]
    public static partial int EpollWait(int epoll, byte* events, int eventsMax, int timeoutMs);

    [LibraryImport(Name, EntryPoint = "eventfd")]
    public static partial int EventFd(uint initial, int flags);

    [LibraryImport(Name, EntryPoint = "socket")]
    public static partial int Socket(int family, int type, int protocol);

    [LibraryImport(Name, EntryPoint = "bind")]
    public static partial int Bind(int fd, byte* address, uint addressBytes);

    [LibraryImport(Name, EntryPoint = "listen")]
    public static partial int Listen(int fd, int backlog);

    [LibraryImport(Name, EntryPoint = "accept4")]
    public static partial int Accept(int fd, byte* address, uint* addressBytes, int flags);

    [LibraryImport(Name, EntryPoint = "getsockname")]
    public static partial int GetSocketName(int fd, byte* address, uint* addressBytes);

    [LibraryImport(Name, EntryPoint = "setsockopt")]
    public static partial int SetOption(int fd, int level, int name, void* value, uint bytes);

    [LibraryImport(Name, EntryPoint = "shutdown")]
    public static partial int Shutdown(int fd, int how);

    [LibraryImport(Name, EntryPoint = "recv")]
    public static partial nint Receive(int fd, byte* buffer, nuint bytes, int flags);

    [LibraryImport(Name, EntryPoint = "readv")]
    public static partial nint ReadVector(int fd, IoVector* vectors, int count);

    [LibraryImport(Name, EntryPoint = "send")]
    public static partial nint Send(int fd, byte* buffer, nuint bytes, int flags);

    [LibraryImport(Name, EntryPoint = "sendmsg")]
    public static partial nint SendMessage(int fd, MessageHeader* message, int flags);

    [LibraryImport(Name, EntryPoint = "sendfile")]
    public static partial nint SendFile(int socket, int file, long* offset, nuint bytes);

    [LibraryImport(Name, EntryPoint = "preadv2")]
    public static partial nint ReadVectorAt(
        int fd, IoVector* vectors, int count, long offset, int flags);

    [LibraryImport(Name, EntryPoint = "write")]
    public static partial nint Write(int fd, void* buffer, nuint bytes);

    [LibraryImport(Name, EntryPoint = "close")]
    public static partial int Close(int fd);

    /// <summary>The error of the call just made on this thread.</summary>
    public static int LastError => Marshal.GetLastSystemError();

    /// <summary>Sets an int option; false when the system refuses it.</summary>
    public static bool TrySetOption(int fd, int level, int name, int value) =>
        SetOption(fd, level, name, &value, sizeof(int)) == 0;
}
