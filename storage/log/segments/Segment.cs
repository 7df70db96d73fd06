using Teralog.Records;

namespace Teralog.Storage;

/// <summary>
/// One segment: its log file and its indexes. The active one (the log's last) holds a lease of
/// its file and its indexes in memory; a sealed one never changes, and loads its indexes when it
/// is asked, keeping them for as long as the garbage collector does.
/// </summary>
internal sealed class Segment
{
    private readonly IFileSystem _fileSystem;
    private readonly string _folder;
    private readonly WeakReference<SegmentIndexes?> _loaded = new(null);
    private SegmentIndexes? _active;
    private bool _areFilesOurs;
    private long _largestTimestampMs = Unknown;
    private long _sizeBytes;

    private const long Unknown = long.MinValue;

    internal Segment(
        IFileSystem fileSystem, HandleCache cache, string folder, long baseOffset, long nowMs)
    {
        _fileSystem = fileSystem;
        _folder = folder;
        BaseOffset = baseOffset;
        CreatedMs = nowMs;
        File = new SegmentFile(
            fileSystem, cache, SegmentNames.Of(folder, baseOffset, SegmentNames.Log));
    }

    internal long BaseOffset { get; }

    internal SegmentFile File { get; }

    internal long CreatedMs { get; }

    /// <summary>Max timestamp of the first batch; -1 while there is none.</summary>
    internal long FirstTimestampMs { get; set; } = BatchFormat.NoTimestamp;

    /// <summary>
    /// Valid bytes; of the active segment readers take the published size instead.
    /// </summary>
    internal long SizeBytes
    {
        get => Volatile.Read(ref _sizeBytes);
        set => Volatile.Write(ref _sizeBytes, value);
    }

    /// <summary>The indexes of the active segment, or null.</summary>
    internal SegmentIndexes? Active => _active;

    internal void Activate(SegmentIndexes indexes) => _active = indexes;

    /// <summary>
    /// Notes batches that were written at a position, which is the end so far.
    /// </summary>
    internal void NoteAppended(ReadOnlySpan<byte> batches, int intervalBytes)
    {
        long position = SizeBytes;
        foreach (BatchHeader batch in new BatchEnumerator(batches))
        {
            if (position == 0)
                FirstTimestampMs = batch.MaxTimestampMs;
            _active!.Note(batch, position, intervalBytes);
            position += batch.SizeBytes;
        }

        SizeBytes = position;
    }

    /// <summary>Ends the segment: its indexes go to their files and leave memory.</summary>
    internal void Seal()
    {
        Invariant.That(_active is not null);
        _active.Complete();
        _largestTimestampMs = _active.MaxTimestampMs;
        WriteIndexes(_active, isSynced: false);
        _areFilesOurs = true;
        _loaded.SetTarget(_active);
        _active = null;
    }

    /// <summary>The indexes, from memory, from their files, or from a scan of the log.</summary>
    /// <param name="endOffset">Base of the next segment, or the log's end.</param>
    /// <param name="intervalBytes">For a scan: index.interval.bytes.</param>
    internal SegmentIndexes Indexes(long endOffset, int intervalBytes)
    {
        if (_active is { } active)
            return active;
        if (_loaded.TryGetTarget(out SegmentIndexes? loaded) && loaded is not null)
            return loaded;

        SegmentIndexes indexes = TryLoadIndexes(endOffset, intervalBytes, _areFilesOurs)
            ?? RebuildIndexes(intervalBytes);
        _loaded.SetTarget(indexes);
        return indexes;
    }

    /// <summary>
    /// Reads the log and writes index files anew: those that are there are wrong.
    /// </summary>
    internal SegmentIndexes RebuildIndexes(int intervalBytes)
    {
        var indexes = new SegmentIndexes(BaseOffset);
        if (File.Acquire() == IoError.None)
        {
            using (File)
            using (var scanner = new BatchScanner(
                File.File, 0, SizeBytes, BaseOffset, isCrcChecked: false))
            {
                while (scanner.MoveNext())
                    indexes.Note(scanner.Current, scanner.Position, intervalBytes);
            }
        }

        indexes.Complete();
        WriteIndexes(indexes, isSynced: false);
        _areFilesOurs = true;
        _loaded.SetTarget(indexes);
        return indexes;
    }

    /// <summary>
    /// The indexes of files that fit the log; null where they are missing, short or wrong.
    /// </summary>
    /// <param name="endOffset">Base of the next segment, or what no offset reaches.</param>
    /// <param name="intervalBytes">index.interval.bytes.</param>
    /// <param name="areTimesTrusted">
    /// Whether the time index may end early: the newest records may be older than others, and
    /// only a scan can tell that from entries that are missing.
    /// </param>
    internal SegmentIndexes? TryLoadIndexes(
        long endOffset, int intervalBytes, bool areTimesTrusted)
    {
        byte[]? offsets = AtomicFile.TryRead(_fileSystem, PathOf(SegmentNames.OffsetIndex));
        byte[]? times = AtomicFile.TryRead(_fileSystem, PathOf(SegmentNames.TimeIndex));
        if (offsets is null || times is null)
            return null;

        OffsetIndex? offsetIndex = OffsetIndex.TryLoad(offsets, BaseOffset, SizeBytes);
        TimeIndex? timeIndex = TimeIndex.TryLoad(times, BaseOffset, endOffset);
        if (offsetIndex is null || timeIndex is null || offsetIndex.LastOffset > endOffset)
            return null;

        bool isTimeShort = !areTimesTrusted && offsetIndex.Count > 0
            && timeIndex.LastOffset < offsetIndex.LastOffset;
        return !isTimeShort && IsTailIndexed(offsetIndex, timeIndex, intervalBytes)
            ? new SegmentIndexes(offsetIndex, timeIndex)
            : null;
    }

    // What lies behind the last entry of a whole index is less than an interval, and none of it
    // is newer than the last time entry says.
    private bool IsTailIndexed(OffsetIndex offsets, TimeIndex times, int intervalBytes)
    {
        if (File.Acquire() != IoError.None)
            return false;

        using (File)
        using (var scanner = new BatchScanner(File.File, offsets.LastPosition, SizeBytes,
            BaseOffset, isCrcChecked: false, Limits.TimeScanReadSizeBytes))
        {
            long bytesSinceEntry = 0;
            bool isFirst = offsets.Count > 0;
            while (scanner.MoveNext())
            {
                BatchHeader batch = scanner.Current;
                if ((isFirst && batch.LastOffset != offsets.LastOffset)
                    || bytesSinceEntry > intervalBytes
                    || batch.MaxTimestampMs > times.LastTimestampMs)
                    return false;

                isFirst = false;
                bytesSinceEntry += batch.SizeBytes;
            }

            return !isFirst;
        }
    }

    /// <summary>The largest timestamp of its batches, or -1.</summary>
    internal long MaxTimestampMs(long endOffset, int intervalBytes)
    {
        if (_active is { } active)
            return active.MaxTimestampMs;
        if (_largestTimestampMs == Unknown)
            _largestTimestampMs = Indexes(endOffset, intervalBytes).MaxTimestampMs;

        return _largestTimestampMs;
    }

    /// <summary>
    /// What retention by time goes by: without timestamps, the file's last write.
    /// </summary>
    internal long RetentionTimestampMs(long endOffset, int intervalBytes)
    {
        long timestampMs = MaxTimestampMs(endOffset, intervalBytes);
        return timestampMs >= 0 ? timestampMs : _fileSystem.LastWriteTimeMs(File.Path);
    }

    /// <summary>
    /// Writes index files. They are only a help: without space there are none, and the next
    /// reader builds them anew.
    /// </summary>
    internal void WriteIndexes(SegmentIndexes indexes, bool isSynced)
    {
        WriteIndex(SegmentNames.OffsetIndex, indexes.Offsets.ToFile(), isSynced);
        WriteIndex(SegmentNames.TimeIndex, indexes.Times.ToFile(), isSynced);
    }

    /// <summary>Syncs the log file and, of a sealed segment, the index files.</summary>
    /// <returns>The error of a sync, after which nothing is known of what was written.</returns>
    /// <exception cref="StorageException">A file could not be opened; none was synced.</exception>
    internal IoError Sync(bool isSealed)
    {
        IoError error = File.Acquire();
        if (error != IoError.None)
            throw new StorageException($"{File.Path}: open ({error})", error);

        using (File)
            error = File.File.Sync();
        if (error == IoError.None && isSealed)
            error = SyncIndex(SegmentNames.OffsetIndex);
        return error == IoError.None && isSealed ? SyncIndex(SegmentNames.TimeIndex) : error;
    }

    /// <summary>Deletes all files by way of ".deleted"; open leases stay readable.</summary>
    internal void Delete()
    {
        foreach (string suffix in (string[])[SegmentNames.OffsetIndex, SegmentNames.TimeIndex,
            SegmentNames.TransactionIndex, ProducerSnapshot.Suffix])
        {
            if (_fileSystem.FileExists(PathOf(suffix)))
                _fileSystem.Rename(PathOf(suffix), PathOf(suffix + SegmentNames.Deleted));
            _fileSystem.Delete(PathOf(suffix + SegmentNames.Deleted));
        }

        File.RetireAs(PathOf(SegmentNames.Log + SegmentNames.Deleted));
        _fileSystem.Delete(File.Path);
    }

    private IoError SyncIndex(string suffix)
    {
        if (!_fileSystem.FileExists(PathOf(suffix)))
            return IoError.None;

        using IFile file = _fileSystem.Open(PathOf(suffix), FileOpenMode.ReadWrite);
        return file.Sync();
    }

    private string PathOf(string suffix) => SegmentNames.Of(_folder, BaseOffset, suffix);

    private void WriteIndex(string suffix, byte[] content, bool isSynced)
    {
        try
        {
            using IFile file = _fileSystem.Open(PathOf(suffix), FileOpenMode.Create);
            IoError error = file.Write(content, 0);
            if (error == IoError.None && isSynced)
                error = file.Sync();
            if (error != IoError.None)
                throw new StorageException(PathOf(suffix), error);
        }
        catch (StorageException exception) when (exception.Error is not IoError.Device)
        {
            _fileSystem.Delete(PathOf(suffix));
        }
    }
}
