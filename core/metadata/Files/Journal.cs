using Teralog.Records;
using Teralog.Storage;

namespace Teralog.Metadata;

/// <summary>
/// The files behind the writer: appends a group durably, rolls the journal into a snapshot. Owned
/// by the writer's thread. After a failed sync nothing is written any more: what is on the disk is
/// unknown until the store is opened anew (reliability.md §0.2).
/// </summary>
internal sealed class Journal : IDisposable
{
    private readonly StoreFiles _files;
    private readonly long _bytesBeforeSnapshot;
    private IFile _file;
    private long _baseRevision;
    private long _sizeBytes;
    private long _sizeBytesAtNextRoll;

    public Journal(StoreFiles files, StoreRecovery.Found found, long bytesBeforeSnapshot)
    {
        _files = files;
        _bytesBeforeSnapshot = bytesBeforeSnapshot;
        _baseRevision = found.BaseRevision;
        _sizeBytes = found.JournalBytes;
        _file = files.Open(files.JournalPath(found.BaseRevision));
        SetNextRoll(found.View.SizeBytes);
    }

    /// <summary>A sentence once nothing can be written any more.</summary>
    public string? Failure { get; private set; }

    /// <summary>Cuts what a crash left behind the last sound frame and makes durable what was
    /// found: it may have been in the page cache alone.</summary>
    public void Settle(bool isTorn)
    {
        var error = isTorn ? _file.Truncate(_sizeBytes) : IoError.None;
        if (error == IoError.None)
            error = _file.Sync();
        if (error != IoError.None)
            throw new MetadataOpenException($"The metadata journal "
                + $"{_files.JournalPath(_baseRevision)} cannot be written: {Words(error)}.");
    }

    /// <summary>Appends one frame. Anything but success was not applied, except
    /// <see cref="MetadataOutcome.Unknown"/>.</summary>
    public MetadataOutcome Append(ReadOnlySpan<byte> frame, out string? message)
    {
        Invariant.That(Failure is null);
        var error = _file.Write(frame, _sizeBytes);
        if (error == IoError.None)
            return SyncAppended(frame.Length, out message);
        message = $"The metadata journal cannot be written: {Words(error)}.";
        if (error == IoError.Device || _file.Truncate(_sizeBytes) != IoError.None)
            Failure = message;
        return error == IoError.Device ? MetadataOutcome.Unknown : MetadataOutcome.Unavailable;
    }

    /// <summary>Rolls when the journal has grown enough. A disk without room for the snapshot keeps
    /// the old files, which hold everything, and tries again later.</summary>
    public void RollIfDue(StoreView view)
    {
        if (_sizeBytes < _sizeBytesAtNextRoll)
            return;
        var error = Roll(view);
        if (error == IoError.NoSpace)
            _sizeBytesAtNextRoll = _sizeBytes + _bytesBeforeSnapshot;
        else if (error != IoError.None)
            Failure = $"The metadata snapshot cannot be written: {Words(error)}.";
    }

    public void Dispose() => _file.Dispose();

    private MetadataOutcome SyncAppended(int frameBytes, out string? message)
    {
        var error = _file.Sync();
        if (error == IoError.None)
        {
            _sizeBytes += frameBytes;
            message = null;
            return MetadataOutcome.Committed;
        }

        Failure = message = $"The metadata journal cannot be made durable: {Words(error)}. "
            + "Check the disk and start the broker again.";
        return MetadataOutcome.Unknown;
    }

    private IoError Roll(StoreView view)
    {
        var journalHeader = StoreFormat.Header(StoreFormat.JournalKind, view.Revision);
        var error = _files.Replace(_files.JournalPath(view.Revision), journalHeader, []);
        if (error != IoError.None)
            return error;
        var snapshotHeader = StoreFormat.Header(StoreFormat.SnapshotKind, view.Revision);
        var snapshot = SnapshotFrame(view);
        error = _files.Replace(_files.SnapshotPath(view.Revision), snapshotHeader, snapshot);
        return error == IoError.None ? Switch(view, snapshot.Length) : error;
    }

    private IoError Switch(StoreView view, long stateBytes)
    {
        try
        {
            var next = _files.Open(_files.JournalPath(view.Revision));
            _file.Dispose();
            _file = next;
        }
        catch (StorageException exception)
        {
            // The new snapshot is in force already: the old journal must not be written any more.
            return exception.Error == IoError.NoSpace ? IoError.Device : exception.Error;
        }

        _baseRevision = view.Revision;
        _sizeBytes = StoreFormat.HeaderBytes;
        SetNextRoll(stateBytes);
        _files.RemoveAllBut(view.Revision);
        return IoError.None;
    }

    private static ReadOnlySpan<byte> SnapshotFrame(StoreView view)
    {
        var writer = new FrameWriter();
        writer.Int32(view.Entries.Count);
        foreach (var entry in view.Entries.Values)
        {
            writer.Int64(entry.Revision);
            writer.Key(entry.Key);
            writer.Value(entry.Value.Span);
        }

        return writer.Seal();
    }

    private void SetNextRoll(long stateBytes) => _sizeBytesAtNextRoll = Math.Max(
        _bytesBeforeSnapshot, stateBytes * Limits.JournalToStateRatio);

    private static string Words(IoError error) => error switch
    {
        IoError.None => "no error",
        IoError.NoSpace => "the disk is full",
        IoError.NotFound => "the file is gone",
        IoError.TooManyOpenFiles => "the process has too many open files",
        IoError.NotAllowed => "the disk is read-only or the user may not write there",
        IoError.Device => "the device failed",
        _ => throw new ArgumentOutOfRangeException(nameof(error)),
    };
}
