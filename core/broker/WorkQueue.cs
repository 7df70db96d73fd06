using System.Collections.Concurrent;

namespace Teralog.Broker;

/// <summary>
/// One thread that does jobs in order: changes to topics and configurations on one, upkeep on
/// another. So changes need no lock, and no event loop waits for a disk.
/// </summary>
internal sealed class WorkQueue : IDisposable
{
    private readonly BlockingCollection<Action> _jobs = new(Limits.WorkQueueMax);
    private readonly Thread _thread;

    internal WorkQueue(string name)
    {
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Adds a job that answers nobody; false once the queue is closed.</summary>
    internal bool Post(Action job)
    {
        try
        {
            return _jobs.TryAdd(job);
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Adds a job and gives its result; <paramref name="refused"/> where the queue is
    /// closed or full. The token cancels the wait, not the job.</summary>
    internal ValueTask<T> RunAsync<T>(Func<T> job, T refused, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        bool isQueued = Post(() => Complete(job, done));
        return isQueued
            ? new ValueTask<T>(done.Task.WaitAsync(cancellationToken))
            : ValueTask.FromResult(refused);
    }

    /// <summary>Does what is queued and ends the thread.</summary>
    public void Dispose()
    {
        if (_jobs.IsAddingCompleted)
            return;

        _jobs.CompleteAdding();
        _thread.Join();
        _jobs.Dispose();
    }

    // The caller gets a bug's exception: it has to decide what it means for its client.
    private static void Complete<T>(Func<T> job, TaskCompletionSource<T> done)
    {
        try
        {
            done.SetResult(job());
        }
        catch (Exception exception)
        {
            done.SetException(exception);
        }
    }

    private void Run()
    {
        foreach (Action job in _jobs.GetConsumingEnumerable())
            job();
    }
}
