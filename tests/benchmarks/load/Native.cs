using System.Runtime.InteropServices;

namespace Teralog.Benchmarks.Load;

/// <summary>The system calls of the load generator: it must cost as little as it can, because it
/// shares the machine with the broker that it measures.</summary>
internal static partial class Native
{
    public const int Again = 11;
    public const uint EpollIn = 1;
    public const uint EpollOut = 4;
    public const uint EpollError = 8;
    public const uint EpollHangUp = 16;
    public const int EpollAdd = 1;
    public const int EpollModify = 3;
    public const int NoSignal = 0x4000;
    public const int SignalUser1 = 10;
    public const int SignalTerminate = 15;
    public const int SetTimerSlack = 29;

    [LibraryImport("libc", EntryPoint = "epoll_create1")]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl")]
    public static unsafe partial int EpollControl(
        int epoll, int operation, int target, EpollEvent* wanted);

    /// <summary>Linux 5.11: waits in nanoseconds, which a fixed rate needs.</summary>
    [LibraryImport("libc", EntryPoint = "epoll_pwait2")]
    public static unsafe partial int EpollWait(
        int epoll, EpollEvent* events, int countMax, TimeSpec* timeout, void* mask);

    [LibraryImport("libc", EntryPoint = "send")]
    public static unsafe partial nint Send(int socket, byte* bytes, nint count, int flags);

    [LibraryImport("libc", EntryPoint = "recv")]
    public static unsafe partial nint Receive(int socket, byte* bytes, nint count, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    public static unsafe partial int ClockGetTime(int clock, TimeSpec* time);

    [LibraryImport("libc", EntryPoint = "kill")]
    public static partial int Kill(int processId, int signal);

    [LibraryImport("libc", EntryPoint = "prctl")]
    public static partial int ProcessControl(
        int option, nint first, nint second, nint third, nint fourth);
}

/// <summary><c>struct epoll_event</c>, packed on x86-64.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal struct EpollEvent
{
    public uint Events;
    public ulong Data;
}

/// <summary><c>struct timespec</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TimeSpec
{
    public long Seconds;
    public long Nanoseconds;
}
