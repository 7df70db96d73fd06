using Teralog.Records;

namespace Teralog.Broker.Groups;

/// <summary>
/// The answer to one request, given exactly once. The state machine only sets it; whoever waits
/// continues on another thread, never inside the machine.
/// </summary>
internal sealed class Reply<T>
{
    private readonly TaskCompletionSource<T> _source =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Whether the answer is there.</summary>
    public bool IsSet => _source.Task.IsCompleted;

    /// <summary>The answer, now or later.</summary>
    public ValueTask<T> Task => new(_source.Task);

    /// <summary>Gives the answer.</summary>
    public void Set(T answer)
    {
        var isFirst = _source.TrySetResult(answer);
        Invariant.That(isFirst);
    }
}
