using System.Threading.Channels;

namespace Teralog.Metadata;

/// <summary>
/// One watch's bounded queue. All but <see cref="WaitAsync"/> is called under the lock of
/// <see cref="Watchers"/>.
/// </summary>
internal sealed class Watcher(string prefix)
{
    private readonly Queue<MetadataChangeSet> _sets = new();
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private bool _hasOverflowed;

    public string Prefix { get; } = prefix;

    public void Offer(StoreView next, IReadOnlyList<MetadataWrite> writes)
    {
        var changes = writes
            .Where(write => write.Key.StartsWith(Prefix, StringComparison.Ordinal))
            .OrderBy(write => write.Key, StringComparer.Ordinal)
            .Select(write => new MetadataChange(
                write.Key, next.Entries.GetValueOrDefault(write.Key)))
            .ToList();
        if (changes.Count == 0)
            return;
        if (_sets.Count == MetadataLimits.WatchQueueMax)
        {
            _hasOverflowed = true;
            _sets.Clear();
        }

        if (!_hasOverflowed)
            _sets.Enqueue(new MetadataChangeSet(next.Revision, IsSnapshot: false, changes));
        _signal.Writer.TryWrite(true);
    }

    public void Close() => _signal.Writer.TryComplete();

    /// <summary>True when something may be there to take; false when the watch has ended.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) =>
        _signal.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>The next set; a snapshot where the queue overflowed; null where nothing
    /// is.</summary>
    public MetadataChangeSet? Take(StoreView view)
    {
        if (_hasOverflowed)
        {
            _hasOverflowed = false;
            _signal.Reader.TryRead(out _);
            return view.Snapshot(Prefix);
        }

        var hasSet = _sets.TryDequeue(out var set);
        if (_sets.Count == 0)
            _signal.Reader.TryRead(out _);
        return hasSet ? set : null;
    }
}
