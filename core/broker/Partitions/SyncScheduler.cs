using Teralog.Records;

namespace Teralog.Broker;

/// <summary>
/// Group commit: partitions that asked for a sync stand in one queue, each once; a few threads take
/// them and sync them side by side. While a partition's sync runs, all that is appended to it
/// waits for the next one, which covers it all.
/// </summary>
internal sealed class SyncScheduler : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Queue<Partition> _queue = new();
    private readonly SemaphoreSlim _ready = new(0);
    private readonly Thread[] _threads;
    private bool _isStopping;

    internal SyncScheduler(int threads)
    {
        Invariant.That(threads > 0);
        _threads = new Thread[threads];
        for (int index = 0; index < threads; index++)
        {
            _threads[index] = new Thread(Run) { IsBackground = true, Name = $"sync-{index}" };
            _threads[index].Start();
        }
    }

    /// <summary>Puts a partition in the queue; the partition sees to it that it is there once.
    /// Called under the partition's writer lock.</summary>
    internal void Enqueue(Partition partition)
    {
        lock (_lock)
            _queue.Enqueue(partition);
        _ready.Release();
    }

    /// <summary>Syncs what is queued and ends the threads.</summary>
    public void Dispose()
    {
        lock (_lock)
            _isStopping = true;
        _ready.Release(_threads.Length);
        foreach (Thread thread in _threads)
            thread.Join();
        _ready.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            _ready.Wait();
            Partition? partition;
            lock (_lock)
            {
                if (!_queue.TryDequeue(out partition) && _isStopping)
                    return;
            }

            partition?.RunSync();
        }
    }
}
