namespace Teralog.Net;

/// <summary>
/// Work from other threads for one loop. Two arrays change places under a short lock, so a post
/// allocates nothing once they have grown. Any thread adds; the loop takes.
/// </summary>
internal sealed class PostQueue
{
    private readonly Lock _lock = new();
    private PostedWork[] _incoming = new PostedWork[16];
    private PostedWork[] _taken = new PostedWork[16];
    private int _count;
    private bool _isClosed;

    public bool IsEmpty => Volatile.Read(ref _count) == 0;

    /// <summary>False when the loop has ended.</summary>
    public bool TryAdd(in PostedWork work)
    {
        lock (_lock)
        {
            if (_isClosed)
                return false;
            if (_count == _incoming.Length)
                Array.Resize(ref _incoming, _count * 2);
            _incoming[_count] = work;
            Volatile.Write(ref _count, _count + 1);
            return true;
        }
    }

    /// <summary>All work so far; valid until the next call. The taker clears it.</summary>
    public Span<PostedWork> Take()
    {
        if (IsEmpty)
            return [];
        lock (_lock)
        {
            (_incoming, _taken) = (_taken, _incoming);
            var count = _count;
            Volatile.Write(ref _count, 0);
            return _taken.AsSpan(0, count);
        }
    }

    /// <summary>Refuses further work; true when none was left.</summary>
    public bool TryClose()
    {
        lock (_lock)
        {
            _isClosed |= _count == 0;
            return _isClosed;
        }
    }
}
