using System.Collections.Concurrent;
using Teralog.Storage;

namespace Teralog.Metadata;

/// <summary>
/// The store of a single node: a journal of transactions and a snapshot in one folder. One thread
/// writes; transactions that wait at the same time share one sync. The caller holds the folder's
/// lock (the log directory's): two processes on one folder would destroy it.
/// </summary>
public sealed class FileMetadataStore : IMetadataStore
{
    private readonly Journal _journal;
    private readonly Watchers _watchers;
    private readonly FrameWriter _frame = new();
    private readonly BlockingCollection<PendingCommit> _pending = new(Limits.PendingMax);
    private readonly TaskCompletionSource _ended =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isClosing;

    private FileMetadataStore(Journal journal, StoreView view)
    {
        _journal = journal;
        _watchers = new Watchers(view);
        new Thread(Run) { Name = "metadata-writer", IsBackground = true }.Start();
    }

    /// <inheritdoc/>
    public long Revision => _watchers.View.Revision;

    /// <summary>Opens the store of a folder, or makes an empty one.</summary>
    /// <param name="folder">The folder; created where missing.</param>
    /// <param name="fileSystem">The disk.</param>
    /// <exception cref="MetadataOpenException">The files are damaged or incomplete, or cannot be
    /// read or written. Damaged files are left as they are.</exception>
    public static FileMetadataStore Open(string folder, IFileSystem fileSystem) =>
        Open(folder, fileSystem, Limits.JournalBytesBeforeSnapshot);

    internal static FileMetadataStore Open(
        string folder, IFileSystem fileSystem, long journalBytesBeforeSnapshot)
    {
        try
        {
            fileSystem.CreateDirectory(folder);
            var files = new StoreFiles(fileSystem, folder);
            var found = StoreRecovery.Read(files) ?? CreateEmpty(files, folder);
            var journal = new Journal(files, found, journalBytesBeforeSnapshot);
            journal.Settle(found.IsTorn);
            files.RemoveAllBut(found.BaseRevision);
            return new FileMetadataStore(journal, found.View);
        }
        catch (StorageException exception)
        {
            throw new MetadataOpenException(
                $"The metadata folder {folder} cannot be used: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public MetadataEntry? Get(string key) => _watchers.View.Entries.GetValueOrDefault(key);

    /// <inheritdoc/>
    public IReadOnlyList<MetadataEntry> List(string prefix) => _watchers.View.List(prefix);

    /// <inheritdoc/>
    public IAsyncEnumerable<MetadataChangeSet> Watch(
        string prefix, CancellationToken cancellationToken = default) =>
        _watchers.Watch(prefix, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<MetadataCommit> CommitAsync(
        MetadataTransaction transaction, CancellationToken cancellationToken = default)
    {
        if (TransactionCheck.Fault(transaction) is { } fault)
            return new MetadataCommit(MetadataOutcome.Invalid, Revision, fault);
        cancellationToken.ThrowIfCancellationRequested();
        var pending = new PendingCommit(transaction);
        if (!TryQueue(pending))
            return Unavailable("The metadata store is closed or has too much to write.");
        await using var registration = cancellationToken.Register(
            () => pending.Cancel(cancellationToken)).ConfigureAwait(false);
        return await pending.Task.ConfigureAwait(false);
    }

    /// <summary>Commits what waits, ends the watches, closes the files.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isClosing, 1) == 0)
            _pending.CompleteAdding();
        await _ended.Task.ConfigureAwait(false);
    }

    private static StoreRecovery.Found CreateEmpty(StoreFiles files, string folder)
    {
        var error = files.Replace(
            files.JournalPath(0), StoreFormat.Header(StoreFormat.JournalKind, 0), []);
        return error == IoError.None
            ? new StoreRecovery.Found(StoreView.Empty, 0, StoreFormat.HeaderBytes, IsTorn: false)
            : throw new MetadataOpenException(
                $"The metadata folder {folder} cannot be written: {error}.");
    }

    private bool TryQueue(PendingCommit pending)
    {
        try
        {
            return !_pending.IsAddingCompleted && _pending.TryAdd(pending);
        }
        catch (InvalidOperationException)
        {
            // Closed between the question and the call.
            return false;
        }
    }

    private void Run()
    {
        var group = new List<PendingCommit>();
        foreach (var first in _pending.GetConsumingEnumerable())
        {
            group.Clear();
            CommitGroup(first, group);
        }

        _watchers.Close();
        _journal.Dispose();
        _ended.SetResult();
    }

    /// <summary>Answers each taken transaction exactly once: refused ones at once, the others when
    /// their common frame is durable.</summary>
    private void CommitGroup(PendingCommit first, List<PendingCommit> group)
    {
        var views = new List<StoreView>();
        var view = _watchers.View;
        var next = first;
        var sizeBytes = 0L;
        do
        {
            if (next.TryTake() && Admit(next, view) is { } applied)
            {
                group.Add(next);
                views.Add(view = applied);
                sizeBytes += SizeBytes(next.Transaction);
            }
        }
        while (sizeBytes < Limits.GroupBytesMax && _pending.TryTake(out next!));

        if (group.Count > 0)
            WriteGroup(group, views);
    }

    private StoreView? Admit(PendingCommit pending, StoreView view)
    {
        if (_journal.Failure is { } failure)
            pending.Complete(Unavailable(failure));
        else if (view.FirstConflict(pending.Transaction.Compares) is { } conflict)
            pending.Complete(new MetadataCommit(MetadataOutcome.Conflict, view.Revision,
                $"The key {conflict.Key} is not at revision {conflict.Revision}."));
        else
            return view.Apply(Owned(pending.Transaction));
        return null;
    }

    private void WriteGroup(List<PendingCommit> group, List<StoreView> views)
    {
        _frame.Reset();
        _frame.Int64(views[0].Revision);
        _frame.Int32(group.Count);
        foreach (var pending in group)
            _frame.Transaction(pending.Transaction.Writes);
        var outcome = _journal.Append(_frame.Seal(), out var message);
        for (var i = 0; i < group.Count; i++)
        {
            var isCommitted = outcome == MetadataOutcome.Committed;
            if (isCommitted)
                _watchers.Publish(views[i], group[i].Transaction.Writes);
            group[i].Complete(new MetadataCommit(
                outcome, isCommitted ? views[i].Revision : Revision, message));
        }

        if (outcome == MetadataOutcome.Committed)
            _journal.RollIfDue(views[^1]);
    }

    private static List<MetadataWrite> Owned(MetadataTransaction transaction) =>
        transaction.Writes.Select(write => write with { Value = write.Value.ToArray() }).ToList();

    private static long SizeBytes(MetadataTransaction transaction) => transaction.Writes.Sum(
        write => (long)write.Key.Length + write.Value.Length);

    private MetadataCommit Unavailable(string message) =>
        new(MetadataOutcome.Unavailable, Revision, message);
}
