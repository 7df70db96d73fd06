namespace Teralog.Net;

/// <summary>
/// How a loop learns that sockets are ready: the seam for another engine than epoll. Used by its
/// loop's thread only.
/// </summary>
internal interface IEventQueue : IDisposable
{
    /// <summary>Watches a descriptor, level-triggered; the error number, 0 when it worked.
    /// </summary>
    int Add(int fd, Interest interest, long token);

    /// <summary>Changes what a descriptor is watched for.</summary>
    void Modify(int fd, Interest interest, long token);

    /// <summary>Watches no more.</summary>
    void Remove(int fd);

    /// <summary>Waits; negative is without end. Returns how many events were written.</summary>
    int Wait(Span<ReadyEvent> ready, int timeoutMs);
}
