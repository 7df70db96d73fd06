using Teralog.Records;

namespace Teralog.Storage;

/// <summary>
/// Opens a partition folder. What lies above the recovery point is scanned batch by batch, and
/// what does not hold there is a torn tail and cut; damage below is reported before anything is
/// changed. Running it again, also after a crash in the middle, comes to the same.
/// </summary>
internal sealed class LogLoader
{
    private readonly LogDirectory _directory;
    private readonly IFileSystem _fileSystem;
    private readonly string _path;
    private readonly LogConfig _config;
    private readonly LogOpenOptions _options;
    private readonly List<Segment> _segments = [];
    private readonly Dictionary<Segment, SegmentScan> _scans = [];
    private EpochHistory _epochs = EpochHistory.Empty;
    private long _endOffset;
    private long _bytesScanned;
    private long _bytesCut;
    private int _segmentsDropped;
    private int _indexesRebuilt;

    internal LogLoader(
        LogDirectory directory, string folderName, LogConfig config, in LogOpenOptions options)
    {
        _directory = directory;
        _fileSystem = directory.FileSystem;
        _path = directory.PathOf(folderName);
        _config = config;
        _options = options;
    }

    internal LoadedLog Load()
    {
        IReadOnlyList<string> names = _fileSystem.List(_path);
        bool areEpochsKnown = LoadEpochs();
        FindSegments(names);
        ScanSegments(areEpochsKnown);
        CheckDamage();

        DeleteLeftovers(names);
        CutTail();
        CutGarbage();
        if (_segments.Count == 0 || _endOffset < _options.LogStartOffset)
            StartAnew();

        long startOffset = Math.Max(_options.LogStartOffset, _segments[0].BaseOffset);
        StoreEpochs(startOffset);
        ActivateLast();
        ProducerTable producers = LoadProducers(names, startOffset);
        long recoveryPoint = _options.WasClosedCleanly
            ? _endOffset
            : Math.Min(_options.RecoveryPoint, _endOffset);
        return new LoadedLog([.. _segments], _epochs, producers, startOffset, _endOffset,
            recoveryPoint, new LogRecoveryReport(
                _bytesScanned, _bytesCut, _segmentsDropped, _indexesRebuilt));
    }

    private bool LoadEpochs()
    {
        byte[]? content = AtomicFile.TryRead(
            _fileSystem, Path.Combine(_path, EpochHistory.FileName));
        EpochHistory? history = content is null ? null : EpochHistory.TryParse(content);
        _epochs = history ?? EpochHistory.Empty;
        return history is not null;
    }

    private void FindSegments(IReadOnlyList<string> names)
    {
        foreach (string name in names)
        {
            if (name.EndsWith(SegmentNames.Swap, StringComparison.Ordinal))
            {
                throw new LogOpenException($"{_path} holds {name}, a compaction that Kafka has "
                    + "not finished; start and stop Kafka once on this folder, or remove the file");
            }

            if (SegmentNames.Parse(name, SegmentNames.Log) is { } baseOffset)
            {
                _segments.Add(new Segment(_fileSystem, _directory.Handles, _path, baseOffset,
                    _directory.NowMs));
            }
        }
    }

    // The end of a segment that needs no scan is the base of the next one.
    private void ScanSegments(bool areEpochsKnown)
    {
        for (int index = 0; index < _segments.Count; index++)
        {
            Segment segment = _segments[index];
            long endOffset = index == _segments.Count - 1
                ? long.MaxValue
                : _segments[index + 1].BaseOffset;
            long fileBytes = FileBytes(segment);
            segment.SizeBytes = fileBytes;
            bool isLast = endOffset == long.MaxValue;
            bool isAbove = !_options.WasClosedCleanly && endOffset > _options.RecoveryPoint;
            SegmentScan? scan = isLast && _options.WasClosedCleanly && areEpochsKnown
                ? ScanTail(segment, fileBytes)
                : null;
            if (scan is null && (isLast || isAbove || !areEpochsKnown))
                scan = Scan(segment, fileBytes, endOffset);
            if (scan is null)
                continue;

            scan = scan with
            {
                IsShort = !isLast && IsHole(scan.NextOffset, endOffset),
                IsComplete = !isLast && scan.NextOffset == endOffset,
            };
            _scans.Add(segment, scan);
            _endOffset = scan.NextOffset;
            if (scan.IsTorn)
                return;
        }
    }

    // Where the power went before a sealed segment was synced, its end may be lost though the
    // next segment is there, and base offsets stand outside the CRC: nothing behind a hole may
    // ever be read. Compaction leaves holes of its own, which cannot be told from these; it
    // works below the recovery point only.
    private bool IsHole(long nextOffset, long baseOffset) =>
        !_config.IsCompacted && !_options.WasClosedCleanly && baseOffset > nextOffset
        && nextOffset >= _options.RecoveryPoint;

    private SegmentScan Scan(Segment segment, long fileBytes, long endOffset)
    {
        var indexes = new SegmentIndexes(segment.BaseOffset);
        SegmentScan scan = Walk(segment, 0, fileBytes, endOffset, indexes, isCrcChecked: true);
        _bytesScanned += scan.ValidBytes;
        return scan;
    }

    /// <summary>The last segment of a clean log: only what lies behind its last entry.</summary>
    private SegmentScan? ScanTail(Segment segment, long fileBytes)
    {
        SegmentIndexes? indexes = segment.TryLoadIndexes(
            long.MaxValue, _config.IndexIntervalBytes, areTimesTrusted: true);
        if (indexes is null)
            return null;

        long position = indexes.Offsets.LastPosition;
        SegmentScan scan = Walk(
            segment, position, fileBytes, long.MaxValue, indexes, isCrcChecked: false);
        return scan.IsTorn ? null : scan with
        {
            FirstTimestampMs = FirstTimestampMs(segment, fileBytes),
        };
    }

    private SegmentScan Walk(
        Segment segment, long position, long fileBytes, long endOffset,
        SegmentIndexes indexes, bool isCrcChecked)
    {
        using SegmentFile file = Lease(segment);
        using var scanner = new BatchScanner(
            file.File, position, fileBytes, segment.BaseOffset, isCrcChecked);
        long firstTimestampMs = BatchFormat.NoTimestamp;
        long validBytes = position;
        long nextOffset = segment.BaseOffset;
        while (scanner.MoveNext() && scanner.NextOffset <= endOffset)
        {
            BatchHeader batch = scanner.Current;
            if (isCrcChecked && IsHole(nextOffset, batch.BaseOffset))
                break;
            if (scanner.Position == 0)
                firstTimestampMs = batch.MaxTimestampMs;
            indexes.Note(batch, scanner.Position, _config.IndexIntervalBytes);
            _epochs = _epochs.Assign(batch.LeaderEpoch, batch.BaseOffset);
            validBytes = scanner.Position + batch.SizeBytes;
            nextOffset = scanner.NextOffset;
        }

        if (scanner.Error != IoError.None)
            throw new StorageException($"{file.Path}: read ({scanner.Error})", scanner.Error);
        return new SegmentScan(validBytes, nextOffset, firstTimestampMs, indexes, fileBytes);
    }

    private static long FirstTimestampMs(Segment segment, long fileBytes)
    {
        using SegmentFile file = Lease(segment);
        using var scanner = new BatchScanner(file.File, 0, fileBytes,
            segment.BaseOffset, isCrcChecked: false, Limits.HeaderReadSizeBytes);
        return scanner.MoveNext() ? scanner.Current.MaxTimestampMs : BatchFormat.NoTimestamp;
    }

    private void CheckDamage()
    {
        foreach ((Segment segment, SegmentScan scan) in _scans)
        {
            bool isDurable = _options.WasClosedCleanly
                || scan.NextOffset < _options.RecoveryPoint;
            if (scan.IsTorn && isDurable)
            {
                throw new LogOpenException($"{segment.File.Path} is damaged at byte "
                    + $"{scan.ValidBytes} (offset {scan.NextOffset}), below what was durable; "
                    + "nothing was changed: restore the folder from a replica or a backup");
            }
        }

        if (!_options.WasClosedCleanly && _endOffset < _options.RecoveryPoint
            && _options.RecoveryPoint > _options.LogStartOffset)
        {
            throw new LogOpenException($"{_path} ends at offset {_endOffset}, below its recovery "
                + $"point {_options.RecoveryPoint}: records that were durable are missing");
        }
    }

    private void DeleteLeftovers(IReadOnlyList<string> names)
    {
        foreach (string name in names)
        {
            if (name.EndsWith(SegmentNames.Deleted, StringComparison.Ordinal)
                || name.EndsWith(SegmentNames.Cleaned, StringComparison.Ordinal)
                || name.EndsWith(".tmp", StringComparison.Ordinal))
                _fileSystem.Delete(Path.Combine(_path, name));
        }
    }

    private void CutTail()
    {
        int torn = _segments.FindIndex(
            segment => _scans.TryGetValue(segment, out SegmentScan? scan) && scan.IsTorn);
        if (torn < 0)
            return;

        for (int index = _segments.Count - 1; index > torn; index--)
        {
            _bytesCut += _segments[index].SizeBytes;
            _segments[index].Delete();
            _segments.RemoveAt(index);
            _segmentsDropped++;
        }

        // Names first: a segment that comes back after the end has moved on would be a hole.
        if (_segmentsDropped > 0)
            _fileSystem.SyncDirectory(_path);

    }

    private void CutGarbage()
    {
        foreach (Segment segment in _segments)
        {
            if (!_scans.TryGetValue(segment, out SegmentScan? scan) || !scan.HasGarbage)
                continue;

            _bytesCut += scan.FileBytes - scan.ValidBytes;
            using SegmentFile file = Lease(segment);
            Check(file, file.File.Truncate(scan.ValidBytes));
            Check(file, file.File.Sync());
            segment.SizeBytes = scan.ValidBytes;
        }
    }

    // An empty folder, or one whose records were all deleted before the tail was lost.
    private void StartAnew()
    {
        for (int index = _segments.Count - 1; index >= 0; index--)
            _segments[index].Delete();

        _segments.Clear();
        _scans.Clear();
        var first = new Segment(_fileSystem, _directory.Handles, _path,
            _options.LogStartOffset, _directory.NowMs);
        _segments.Add(first);
        _endOffset = _options.LogStartOffset;
        Lease(first).Dispose();
    }

    private void StoreEpochs(long startOffset)
    {
        _epochs = _epochs.ClampEnd(_endOffset).TruncateStart(startOffset);
        string path = Path.Combine(_path, EpochHistory.FileName);
        byte[] content = _epochs.Format();
        byte[]? stored = AtomicFile.TryRead(_fileSystem, path);
        if (stored is null ? _epochs.Entries.Length > 0 : !stored.AsSpan().SequenceEqual(content))
            AtomicFile.Write(_fileSystem, path, content);
    }

    private void ActivateLast()
    {
        foreach ((Segment segment, SegmentScan scan) in _scans)
        {
            if (segment == _segments[^1])
                continue;

            scan.Indexes.Complete();
            segment.WriteIndexes(scan.Indexes, isSynced: false);
            _indexesRebuilt++;
        }

        Segment last = _segments[^1];
        if (_scans.TryGetValue(last, out SegmentScan? lastScan))
            last.FirstTimestampMs = lastScan.FirstTimestampMs;
        last.Activate(lastScan?.Indexes ?? new SegmentIndexes(last.BaseOffset));
        if (!_options.WasClosedCleanly && last.SizeBytes > 0)
            last.WriteIndexes(last.Active!, isSynced: false);
        _ = Lease(last);
    }

    private ProducerTable LoadProducers(IReadOnlyList<string> names, long startOffset)
    {
        ProducerTable? table = null;
        long from = startOffset;
        for (int index = names.Count - 1; index >= 0; index--)
        {
            if (SegmentNames.Parse(names[index], ProducerSnapshot.Suffix) is not { } offset)
                continue;

            string path = Path.Combine(_path, names[index]);
            if (offset > _endOffset)
            {
                _fileSystem.Delete(path);
                continue;
            }

            byte[]? content = table is null ? AtomicFile.TryRead(_fileSystem, path) : null;
            table ??= content is null ? null : ProducerSnapshot.TryParse(content);
            from = table is not null && content is not null ? offset : from;
        }

        table ??= new ProducerTable();
        Replay(table, from);
        table.Expire(_directory.NowMs, _config.ProducerExpirationMs);
        return table;
    }

    private void Replay(ProducerTable table, long from)
    {
        for (int index = 0; index < _segments.Count; index++)
        {
            Segment segment = _segments[index];
            long endOffset = index == _segments.Count - 1
                ? _endOffset
                : _segments[index + 1].BaseOffset;
            if (endOffset <= from)
                continue;

            SegmentIndexes indexes = segment.Indexes(endOffset, _config.IndexIntervalBytes);
            indexes.Offsets.TryFloor(from, out _, out long position);
            using SegmentFile file = Lease(segment);
            using var scanner = new BatchScanner(file.File, position, segment.SizeBytes,
                segment.BaseOffset, isCrcChecked: false);
            while (scanner.MoveNext())
            {
                if (scanner.Current.BaseOffset >= from)
                    table.Update(scanner.Current);
            }
        }
    }

    private long FileBytes(Segment segment)
    {
        using SegmentFile file = Lease(segment);
        return file.File.LengthBytes;
    }

    private static SegmentFile Lease(Segment segment)
    {
        Check(segment.File, segment.File.Acquire());
        return segment.File;
    }

    private static void Check(SegmentFile file, IoError error)
    {
        if (error != IoError.None)
            throw new StorageException($"{file.Path}: {error}", error);
    }
}
