using System.Runtime.CompilerServices;
using Teralog.Records;

namespace Teralog.Metadata;

/// <summary>
/// The published view and those who follow it. One lock orders publishing and subscribing, so that
/// a watcher's snapshot and its first change never overlap or leave a gap; it is held for moments
/// and nothing else is locked under it.
/// </summary>
internal sealed class Watchers(StoreView initial)
{
    private readonly Lock _lock = new();
    private readonly List<Watcher> _watchers = [];
    private volatile StoreView _view = initial;
    private bool _isClosed;

    public StoreView View => _view;

    /// <summary>Makes the next revision visible to readers, then to watchers.</summary>
    public void Publish(StoreView next, IReadOnlyList<MetadataWrite> writes)
    {
        Invariant.That(next.Revision == _view.Revision + 1);
        lock (_lock)
        {
            _view = next;
            foreach (var watcher in _watchers)
                watcher.Offer(next, writes);
        }
    }

    /// <summary>Ends every watch once it has delivered what it holds.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            foreach (var watcher in _watchers)
                watcher.Close();
        }
    }

    public async IAsyncEnumerable<MetadataChangeSet> Watch(
        string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var watcher = new Watcher(prefix);
        yield return Subscribe(watcher);
        try
        {
            while (await watcher.WaitAsync(cancellationToken).ConfigureAwait(false))
            {
                if (Next(watcher) is { } set)
                    yield return set;
            }
        }
        finally
        {
            lock (_lock)
                _watchers.Remove(watcher);
        }
    }

    private MetadataChangeSet Subscribe(Watcher watcher)
    {
        lock (_lock)
        {
            _watchers.Add(watcher);
            if (_isClosed)
                watcher.Close();
            return _view.Snapshot(watcher.Prefix);
        }
    }

    private MetadataChangeSet? Next(Watcher watcher)
    {
        lock (_lock)
            return watcher.Take(_view);
    }
}
