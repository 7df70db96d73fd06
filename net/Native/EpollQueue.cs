using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Teralog.Net.Native;

/// <summary>The event queue over epoll. A failure here is a bug of ours and stops the process,
/// except for adding, where the system may be out of memory or watches.</summary>
internal sealed unsafe class EpollQueue : IEventQueue
{
    private const int OperationAdd = 1;
    private const int OperationRemove = 2;
    private const int OperationModify = 3;

    // struct epoll_event is packed on x86-64 only.
    private static readonly bool IsPacked =
        RuntimeInformation.ProcessArchitecture == Architecture.X64;
    private static readonly int EventBytes = IsPacked ? 12 : 16;
    private static readonly int TokenAt = IsPacked ? 4 : 8;

    private readonly int _epoll;
    private readonly byte* _events;

    public EpollQueue()
    {
        _epoll = Libc.EpollCreate(Libc.EpollCloseOnExec);
        if (_epoll < 0)
            throw Failure("epoll_create1", Libc.LastError);
        _events = (byte*)NativeMemory.AllocZeroed((nuint)(Limits.EventsPerWait * EventBytes));
    }

    public int Add(int fd, Interest interest, long token) =>
        Control(OperationAdd, fd, interest, token);

    public void Modify(int fd, Interest interest, long token)
    {
        var errno = Control(OperationModify, fd, interest, token);
        if (errno != 0)
            throw Failure("epoll_ctl(MOD)", errno);
    }

    public void Remove(int fd)
    {
        var errno = Control(OperationRemove, fd, Interest.None, 0);
        if (errno != 0)
            throw Failure("epoll_ctl(DEL)", errno);
    }

    public int Wait(Span<ReadyEvent> ready, int timeoutMs)
    {
        var max = Math.Min(ready.Length, Limits.EventsPerWait);
        var count = Libc.EpollWait(_epoll, _events, max, timeoutMs);
        if (count < 0)
        {
            var errno = Libc.LastError;
            return errno == Errno.Interrupted ? 0 : throw Failure("epoll_wait", errno);
        }
        for (var i = 0; i < count; i++)
        {
            var at = _events + (i * EventBytes);
            var token = Unsafe.ReadUnaligned<long>(at + TokenAt);
            ready[i] = new ReadyEvent(token, (Readiness)Unsafe.ReadUnaligned<int>(at));
        }
        return count;
    }

    public void Dispose()
    {
        Libc.Close(_epoll);
        NativeMemory.Free(_events);
    }

    private int Control(int operation, int fd, Interest interest, long token)
    {
        var entry = stackalloc byte[16];
        Unsafe.WriteUnaligned(entry, (int)interest);
        Unsafe.WriteUnaligned(entry + TokenAt, token);
        return Libc.EpollControl(_epoll, operation, fd, entry) == 0 ? 0 : Libc.LastError;
    }

    private static InvalidOperationException Failure(string call, int errno) =>
        new($"{call}: {Marshal.GetPInvokeErrorMessage(errno)}");
}
