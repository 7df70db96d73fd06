namespace Teralog.Broker;

/// <summary>
/// The watches parked on one partition. Appending costs one volatile read while nobody waits. A
/// watch is never lost: it registers first and looks itself afterwards, and whoever moves the
/// visible end publishes it first and looks for watches afterwards.
/// </summary>
internal sealed class WatchList
{
    private readonly Lock _lock = new();
    private FetchWatch[] _watches = [];
    private int _count;

    internal void Add(FetchWatch watch)
    {
        lock (_lock)
        {
            if (_count == _watches.Length)
                Array.Resize(ref _watches, Math.Max(4, _count * 2));
            _watches[_count] = watch;
            Volatile.Write(ref _count, _count + 1);
        }

        // Between the registration and the watch's own look at the end.
        Interlocked.MemoryBarrier();
    }

    internal void Remove(FetchWatch watch)
    {
        lock (_lock)
        {
            int index = Array.IndexOf(_watches, watch, 0, _count);
            if (index < 0)
                return;

            int last = _count - 1;
            _watches[index] = _watches[last];
            _watches[last] = null!;
            Volatile.Write(ref _count, last);
        }
    }

    /// <summary>Lets every watch look again.</summary>
    internal void Look()
    {
        // Between the publication of the new end and this read.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _count) != 0)
            LookAtAll();
    }

    // From the last down: a removal moves only a watch that was looked at already.
    private void LookAtAll()
    {
        for (int index = Volatile.Read(ref _count) - 1; index >= 0; index--)
        {
            FetchWatch? watch = null;
            lock (_lock)
            {
                if (index < _count)
                    watch = _watches[index];
            }

            watch?.Look();
        }
    }
}
