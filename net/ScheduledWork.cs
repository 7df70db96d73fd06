namespace Teralog.Net;

/// <summary>
/// Work that a loop runs later, once, on its own thread. Made by
/// <see cref="Connection.Schedule"/>; cancelled from the loop's thread only.
/// </summary>
public sealed class ScheduledWork
{
    internal ScheduledWork(Action<object?> work, object? state)
    {
        Work = work;
        State = state;
    }

    /// <summary>It has neither run nor been cancelled.</summary>
    public bool IsPending => HeapIndex >= 0;

    internal Action<object?> Work { get; }

    internal object? State { get; }

    internal TimerHeap? Heap { get; set; }

    internal int HeapIndex { get; set; } = -1;

    internal long DueTicks { get; set; }

    internal Connection? Connection { get; init; }

    /// <summary>Takes it back; nothing happens when it has run or was cancelled.</summary>
    public void Cancel()
    {
        if (IsPending)
            Heap!.Remove(this);
    }
}
