using Teralog.Abstractions;

namespace Teralog.Broker;

/// <summary>
/// One parked long poll over several partitions. It wakes its waiter at most once, from whichever
/// thread sees it ready first, and leaves all lists then or when it is disposed.
/// </summary>
internal sealed class FetchWatch : IDisposable
{
    private readonly WatchItem[] _items;
    private readonly int _minBytes;
    private readonly IFetchWaiter _waiter;
    private int _isDone;

    private FetchWatch(ReadOnlySpan<WatchItem> items, int minBytes, IFetchWaiter waiter)
    {
        _items = items.ToArray();
        _minBytes = minBytes;
        _waiter = waiter;
    }

    /// <summary>Parks it; it may be ready before this returns.</summary>
    internal static FetchWatch Park(
        ReadOnlySpan<WatchItem> items, int minBytes, IFetchWaiter waiter)
    {
        var watch = new FetchWatch(items, minBytes, waiter);
        foreach (ref readonly WatchItem item in items)
            ((Partition)item.Partition).Watches.Add(watch);

        watch.Look();
        return watch;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDone, 1) == 0)
            LeaveLists();
    }

    /// <summary>Wakes the waiter if there is enough to read now.</summary>
    internal void Look()
    {
        if (Volatile.Read(ref _isDone) != 0 || !IsReady()
            || Interlocked.Exchange(ref _isDone, 1) != 0)
            return;

        LeaveLists();
        _waiter.Wake();
    }

    private bool IsReady()
    {
        long available = 0;
        foreach (ref readonly WatchItem item in _items.AsSpan())
        {
            int left = (int)Math.Max(1, _minBytes - available);
            if (!((Partition)item.Partition).TryCount(item, left, out int bytes))
                return true;

            available += bytes;
            if (bytes > 0 && available >= _minBytes)
                return true;
        }

        return false;
    }

    private void LeaveLists()
    {
        foreach (ref readonly WatchItem item in _items.AsSpan())
            ((Partition)item.Partition).Watches.Remove(this);
    }
}
