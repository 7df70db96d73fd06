using Teralog.Records;

namespace Teralog.Storage;

/// <summary>Durability: what is synced, and what a clean close leaves.</summary>
public sealed partial class Log
{
    /// <summary>
    /// Makes everything that is appended so far durable: segments, the indexes of sealed ones,
    /// and the names in the folder. Any thread, while the writer works; one at a time. An error
    /// of a sync fails the log directory for good, since nothing is known then of what was
    /// written; a lack of descriptors does not, and it may be called again.
    /// </summary>
    public SyncResult Sync()
    {
        lock (_syncLock)
        {
            LogView view = _published.Read();
            if (_directory.HasFailed)
                return new SyncResult(false, _recoveryPoint);
            if (view.EndOffset == _recoveryPoint && Volatile.Read(ref _isFolderDirty) == 0)
                return new SyncResult(true, _recoveryPoint);

            // The flag is taken after the view: whatever segment is in the view has its name
            // covered by this folder sync or by an earlier one.
            bool isFolderDirty = Interlocked.Exchange(ref _isFolderDirty, 0) != 0;
            IoError error = Try("sync", () => SyncAll(view, isFolderDirty));
            if (error != IoError.None)
            {
                Volatile.Write(ref _isFolderDirty, 1);
                return new SyncResult(false, _recoveryPoint);
            }

            Invariant.That(view.EndOffset >= _recoveryPoint);
            Volatile.Write(ref _recoveryPoint, view.EndOffset);
            return new SyncResult(true, view.EndOffset);
        }
    }

    /// <summary>Closes the log; cleanly means trimmed, synced, with a producer snapshot.</summary>
    /// <returns>Whether it is closed cleanly.</returns>
    public bool Close(bool isClean)
    {
        if (_isClosed)
            return false;

        bool isDone = isClean && !HasFailed && Sync().IsDurable
            && Try("close", CloseCleanly) == IoError.None;
        Volatile.Write(ref _isClosed, true);
        foreach (Segment segment in _published.Read().Segments)
            segment.File.Retire();
        _active.File.Dispose();
        _directory.Forget(this);
        return isDone;
    }

    /// <summary>Closes the log and deletes its folder, by way of "topic-0.uuid-delete".</summary>
    /// <exception cref="StorageException">The file system failed.</exception>
    public void Delete()
    {
        Close(isClean: false);
        _directory.DeleteFolder(FolderName);
    }

    private void SyncAll(in LogView view, bool isFolderDirty)
    {
        for (int index = 0; index < view.Segments.Length; index++)
        {
            if (view.EndOffsetOf(index) > _recoveryPoint)
                SyncSegment(view.Segments[index], index < view.Segments.Length - 1);
        }

        if (isFolderDirty)
            SyncFolder();
    }

    private void SyncFolder()
    {
        try
        {
            _fileSystem.SyncDirectory(_path);
        }
        catch (StorageException exception) when (exception.Error != IoError.TooManyOpenFiles)
        {
            _directory.Fail($"{FolderName}: a sync of the folder failed ({exception.Error})");
            throw;
        }
    }

    private void SyncSegment(Segment segment, bool isSealed)
    {
        try
        {
            IoError error = segment.Sync(isSealed);
            if (error == IoError.None)
                return;

            _directory.Fail($"{FolderName}: a sync failed ({error})");
            throw new StorageException($"{segment.File.Path}: sync ({error})", error);
        }
        catch (StorageException exception)
            when (exception.Error == IoError.NotFound && IsGone(segment))
        {
            // Retention has deleted the segment since the view was taken.
        }
    }

    private bool IsGone(Segment segment) => !_published.Read().Segments.Contains(segment);

    private void CloseCleanly()
    {
        SegmentIndexes indexes = _active.Active!;
        indexes.Complete();
        _active.WriteIndexes(indexes, isSynced: true);
        AtomicFile.Write(_fileSystem,
            SegmentNames.Of(_path, _endOffset, ProducerSnapshot.Suffix),
            ProducerSnapshot.Format(_producers));
    }
}
