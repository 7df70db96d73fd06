namespace Teralog.Net;

/// <summary>
/// The input memory of the process, shared by all loops. Growth that does not fit must wait, but
/// one holder at a time may go beyond the limit (bounded by its listener's InputBytesMax): so
/// when every buffer is a partial frame, one of them still completes and frees its memory, then
/// the next. What is already received is always kept (<see cref="ReserveReceived"/>); receives
/// are cut short while the budget is used up, which bounds that excess.
/// </summary>
internal sealed class MemoryBudget(long limitBytes)
{
    private long _usedBytes;
    private object? _overdraftHolder;
    private int _waiters;

    /// <summary>Called, on any thread, when memory came free and somebody waits.</summary>
    public Action? Freed { get; set; }

    public long UsedBytes => Volatile.Read(ref _usedBytes);

    public bool IsExhausted => UsedBytes >= limitBytes;

    public bool HasWaiters => Volatile.Read(ref _waiters) > 0;

    public bool IsOverdraftOf(object holder) =>
        ReferenceEquals(Volatile.Read(ref _overdraftHolder), holder);

    /// <summary>Takes room for growth; false: wait for <see cref="Freed"/>.</summary>
    public bool TryReserve(long bytes, object holder)
    {
        if (Interlocked.Add(ref _usedBytes, bytes) <= limitBytes)
            return true;
        var before = Interlocked.CompareExchange(ref _overdraftHolder, holder, null);
        if (before is null || ReferenceEquals(before, holder))
            return true;
        Interlocked.Add(ref _usedBytes, -bytes);
        return false;
    }

    /// <summary>Takes room for bytes that were received already.</summary>
    public void ReserveReceived(long bytes) => Interlocked.Add(ref _usedBytes, bytes);

    /// <summary>Gives room back; a holder that is done with its frame loses the overdraft.
    /// </summary>
    public void Release(long bytes, object holder, bool done)
    {
        Interlocked.Add(ref _usedBytes, -bytes);
        if (done)
            Interlocked.CompareExchange(ref _overdraftHolder, null, holder);
        if (HasWaiters)
            Freed?.Invoke();
    }

    public void AddWaiter() => Interlocked.Increment(ref _waiters);

    public void RemoveWaiter() => Interlocked.Decrement(ref _waiters);
}
