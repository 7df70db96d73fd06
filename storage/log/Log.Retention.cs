using Teralog.Records;

namespace Teralog.Storage;

/// <summary>Both ends of the log: retention and deletion below, truncation above.</summary>
public sealed partial class Log
{
    /// <summary>
    /// Moves the log's start up and deletes whole segments below. The new start is durable before
    /// this returns (Kafka acknowledges first, and a kill brings the records back).
    /// </summary>
    /// <param name="offset">At most the log's end; at or below the start nothing happens.</param>
    /// <returns>False where it could not be made durable; the start is as before then.</returns>
    public bool DeleteRecordsBefore(long offset)
    {
        Invariant.That(offset <= _endOffset);
        LogView view = _published.Read();
        if (offset <= view.StartOffset)
            return true;
        if (HasFailed || !PersistStart(offset))
            return false;

        Publish(view.Segments, offset);
        DropFirst(CountBelow(view, offset));
        return !HasFailed;
    }

    /// <summary>Deletes segments that time, size or the log's start let go.</summary>
    /// <param name="nowMs">The clock.</param>
    /// <param name="deletableBelow">Never a segment with an offset at or above this one.</param>
    /// <returns>The number of segments deleted.</returns>
    public int EnforceRetention(long nowMs, long deletableBelow = long.MaxValue)
    {
        if (HasFailed)
            return 0;

        _producers.Expire(nowMs, _config.ProducerExpirationMs);
        LogView view = _published.Read();
        int count = 0;
        IoError error = Try("retention", () => count = RetentionDecision.CountDeletable(
            Facts(view), _config, nowMs, view.StartOffset, deletableBelow));
        if (error != IoError.None || count == 0)
            return 0;
        if (count == view.Segments.Length && Roll(_endOffset, nowMs) != LogAppendStatus.Ok)
            return 0;

        long startOffset = Math.Max(view.StartOffset, view.EndOffsetOf(count - 1));
        if (startOffset > view.StartOffset && !PersistStart(startOffset))
            return 0;

        Publish(_published.Read().Segments, startOffset);
        DropFirst(count);
        return count;
    }

    /// <summary>
    /// Cuts the log's end down to an offset: whole batches go from the one that holds it on. For
    /// followers that diverged; a leader never truncates.
    /// </summary>
    /// <returns>False where it failed.</returns>
    public bool TruncateTo(long offset)
    {
        Invariant.That(offset >= LogStartOffset);
        if (HasFailed)
            return false;
        if (offset >= _endOffset)
            return true;

        lock (_syncLock)
        {
            // No crash may find a recovery point above the end that the log comes back with.
            LogView view = _published.Read();
            Segment last = view.Segments[view.IndexOf(offset - 1)];
            Volatile.Write(ref _recoveryPoint, Math.Min(_recoveryPoint, last.BaseOffset));
            return _directory.WriteCheckpoints()
                && Try("truncation", () => CutAndReload(offset)) == IoError.None;
        }
    }

    private void CutAndReload(long offset)
    {
        LogView view = _published.Read();
        foreach (Segment segment in view.Segments)
        {
            if (segment.BaseOffset >= offset && segment != view.Segments[0])
                segment.Delete();
        }

        int index = view.IndexOf(offset - 1);
        Segment last = view.Segments[index];
        IoError error = last.File.Acquire();
        if (error != IoError.None)
            throw new StorageException($"{last.File.Path}: open ({error})", error);
        using (last.File)
        {
            BatchPlace place = Locate(view, index, offset);
            error = last.File.File.Truncate(place.Position);
            if (error == IoError.None)
                error = last.File.File.Sync();
        }

        if (error != IoError.None)
            throw new StorageException($"{last.File.Path}: truncate ({error})", error);

        ReplaceEpochs(_epochs.TruncateEnd(offset));
        _fileSystem.SyncDirectory(_path);
        foreach (Segment segment in view.Segments)
            segment.File.Retire();
        _active.File.Dispose();
        Adopt(new LogLoader(_directory, FolderName, _config, new LogOpenOptions
        {
            RecoveryPoint = _recoveryPoint,
            LogStartOffset = Math.Min(view.StartOffset, offset),
        }).Load());
    }

    private bool PersistStart(long offset)
    {
        Volatile.Write(ref _startToPersist, offset);
        bool isPersisted = _directory.WriteLogStarts();
        if (!isPersisted)
            Volatile.Write(ref _startToPersist, 0);

        return isPersisted;
    }

    private static int CountBelow(in LogView view, long offset)
    {
        int count = 0;
        while (count < view.Segments.Length - 1 && view.EndOffsetOf(count) <= offset)
            count++;

        return count;
    }

    // The segments leave the view before their files go, oldest first, so that what a crash
    // leaves is a suffix; the start on the disk already hides what may come back.
    private void DropFirst(int count)
    {
        LogView view = _published.Read();
        Publish(view.Segments[count..], view.StartOffset);
        ReplaceEpochs(_epochs.TruncateStart(view.StartOffset));
        Try("deletion of segments", () =>
        {
            foreach (Segment segment in view.Segments.AsSpan(0, count))
                segment.Delete();
        });
        if (count > 0)
            Volatile.Write(ref _isFolderDirty, 1);
    }

    private SegmentFacts[] Facts(LogView view)
    {
        var facts = new SegmentFacts[view.Segments.Length];
        for (int index = 0; index < facts.Length; index++)
        {
            long endOffset = view.EndOffsetOf(index);
            facts[index] = new SegmentFacts(endOffset, view.SizeBytesOf(index),
                view.Segments[index].RetentionTimestampMs(
                    endOffset, _config.IndexIntervalBytes));
        }

        return facts;
    }
}
