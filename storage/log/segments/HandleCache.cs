namespace Teralog.Storage;

/// <summary>
/// Segment files that are open though nobody leases them, the longest idle first. It bounds the
/// descriptors that sealed segments take. Lock order: a file's lock is never held while this
/// one's is taken, nor the other way round.
/// </summary>
internal sealed class HandleCache(int idleMax)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<SegmentFile> _idle = new();

    internal void NoteIdle(SegmentFile file)
    {
        SegmentFile? victim = null;
        lock (_lock)
        {
            LinkedListNode<SegmentFile> node = file.IdleNode ??= new(file);
            if (node.List is not null)
                _idle.Remove(node);
            _idle.AddLast(node);
            if (_idle.Count > idleMax)
            {
                victim = _idle.First!.Value;
                _idle.RemoveFirst();
            }
        }

        victim?.CloseIfIdle();
    }

    internal void Forget(SegmentFile file)
    {
        lock (_lock)
        {
            if (file.IdleNode?.List is not null)
                _idle.Remove(file.IdleNode);
        }
    }

    internal void CloseAll()
    {
        SegmentFile[] files;
        lock (_lock)
        {
            files = [.. _idle];
            _idle.Clear();
        }

        foreach (SegmentFile file in files)
            file.CloseIfIdle();
    }
}
