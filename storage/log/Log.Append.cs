using Teralog.Records;

namespace Teralog.Storage;

/// <summary>The append: stamp, roll, write once, publish.</summary>
public sealed partial class Log
{
    /// <summary>
    /// Appends whole batches of magic 2 that were validated: stamps base offset, leader epoch
    /// and, where the topic says so, the append time in place, writes once, and publishes.
    /// </summary>
    /// <param name="batches">One or more batches; changed in place.</param>
    /// <param name="options">Origin, epoch, and what validation found.</param>
    public LogAppendResult Append(Span<byte> batches, in LogAppendOptions options)
    {
        if (HasFailed)
            return new LogAppendResult(LogAppendStatus.Failed);

        LogAppendStatus status = CheckAppend(batches, options);
        if (status != LogAppendStatus.Ok)
            return new LogAppendResult(status);

        long nowMs = _directory.NowMs;
        AppendFacts facts = options.Origin == AppendOrigin.Replica
            ? ReadFacts(batches)
            : Stamp(batches, options, nowMs);
        status = NoteEpochs(batches, facts);
        if (status != LogAppendStatus.Ok)
            return new LogAppendResult(status);

        bool mustRoll = ShouldRoll(batches.Length, facts, nowMs);
        if (mustRoll)
            status = Roll(facts.FirstOffset, nowMs);
        if (status == LogAppendStatus.Ok)
            status = Write(batches, facts);
        if (status != LogAppendStatus.Ok)
            return new LogAppendResult(status, HasRolled: mustRoll);

        return new LogAppendResult(LogAppendStatus.Ok, facts.FirstOffset, facts.LastOffset,
            facts.LogAppendTimeMs, mustRoll);
    }

    private LogAppendStatus CheckAppend(ReadOnlySpan<byte> batches, in LogAppendOptions options)
    {
        bool isReplica = options.Origin == AppendOrigin.Replica;
        if (!isReplica && options.LeaderEpoch < LatestEpoch)
            return LogAppendStatus.StaleEpoch;

        var walk = new BatchEnumerator(batches);
        long nextOffset = _endOffset;
        int epoch = LatestEpoch;
        while (walk.MoveNext())
        {
            BatchHeader batch = walk.Current;
            if (batch.Magic != BatchFormat.Magic || batch.LastOffsetDelta < 0)
                return LogAppendStatus.Malformed;
            if (!isReplica && batch.SizeBytes > _config.MaxMessageBytes)
                return LogAppendStatus.BatchTooLarge;
            if (isReplica && batch.BaseOffset < nextOffset)
                return LogAppendStatus.OffsetBelowEnd;
            if (isReplica && batch.LeaderEpoch < epoch)
                return LogAppendStatus.StaleEpoch;

            nextOffset = batch.NextOffset;
            epoch = batch.LeaderEpoch;
        }

        if (batches.Length == 0 || walk.NextPosition != batches.Length)
            return LogAppendStatus.Malformed;
        return batches.Length > _config.SegmentBytes
            ? LogAppendStatus.SegmentTooLarge
            : LogAppendStatus.Ok;
    }

    private AppendFacts Stamp(Span<byte> batches, in LogAppendOptions options, long nowMs)
    {
        long offset = _endOffset;
        long maxTimestampMs = BatchFormat.NoTimestamp;
        for (int at = 0; at < batches.Length;)
        {
            var editor = new BatchEditor(batches[at..]);
            BatchHeader header = editor.Header;
            editor.SetBaseOffset(offset);
            editor.SetLeaderEpoch(options.LeaderEpoch);
            StampTime(editor, options, nowMs);
            maxTimestampMs = Math.Max(maxTimestampMs, header.MaxTimestampMs);
            offset = header.NextOffset;
            at += (int)header.SizeBytes;
        }

        bool isAppendTime = _config.TimestampType == TimestampType.LogAppendTime;
        return new AppendFacts(_endOffset, offset - 1, maxTimestampMs, isAppendTime ? nowMs : -1);
    }

    // Time is under the CRC, which is computed anew only where something really changes.
    private void StampTime(in BatchEditor editor, in LogAppendOptions options, long nowMs)
    {
        BatchHeader header = editor.Header;
        long maxTimestampMs = _config.TimestampType == TimestampType.LogAppendTime
            ? nowMs
            : options.ValidatedMaxTimestampMs ?? header.MaxTimestampMs;
        if (header.TimestampType == _config.TimestampType
            && header.MaxTimestampMs == maxTimestampMs)
            return;

        editor.SetTimestampType(_config.TimestampType);
        editor.SetMaxTimestampMs(maxTimestampMs);
        editor.SealCrc();
    }

    private static AppendFacts ReadFacts(ReadOnlySpan<byte> batches)
    {
        long firstOffset = new BatchHeader(batches).BaseOffset;
        long lastOffset = firstOffset;
        long maxTimestampMs = BatchFormat.NoTimestamp;
        foreach (BatchHeader batch in new BatchEnumerator(batches))
        {
            lastOffset = batch.LastOffset;
            maxTimestampMs = Math.Max(maxTimestampMs, batch.MaxTimestampMs);
        }

        return new AppendFacts(firstOffset, lastOffset, maxTimestampMs, -1);
    }

    private bool ShouldRoll(int sizeBytes, in AppendFacts facts, long nowMs) =>
        RollDecision.ShouldRoll(_config, new RollInput
        {
            SegmentSizeBytes = _active.SizeBytes,
            SegmentBaseOffset = _active.BaseOffset,
            AppendSizeBytes = sizeBytes,
            AppendMaxTimestampMs = facts.MaxTimestampMs,
            AppendLastOffset = facts.LastOffset,
            FirstTimestampMs = _active.FirstTimestampMs,
            CreatedMs = _active.CreatedMs,
            NowMs = nowMs,
            IndexEntries = _active.Active!.Offsets.Count,
            TimeIndexEntries = _active.Active.Times.Count,
        });

    private LogAppendStatus Write(ReadOnlySpan<byte> batches, in AppendFacts facts)
    {
        Invariant.That(facts.FirstOffset >= _endOffset);
        long position = _active.SizeBytes;
        IoError error = _active.File.File.Write(batches, position);
        if (error != IoError.None)
            return UndoWrite(error, position);

        _active.NoteAppended(batches, _config.IndexIntervalBytes);
        Invariant.That(_active.SizeBytes == position + batches.Length);
        foreach (BatchHeader batch in new BatchEnumerator(batches))
            _producers.Update(batch);

        NoteOpenTransactions();
        _endOffset = facts.LastOffset + 1;
        LogView view = _published.Read();
        Publish(view.Segments, view.StartOffset);
        return LogAppendStatus.Ok;
    }

    // What a failed write left behind the end must not stand in the file, and must not come back
    // there once the segment is sealed and nothing looks behind its end any more.
    private LogAppendStatus UndoWrite(IoError error, long position)
    {
        IFile file = _active.File.File;
        if (IsTransient(error) && file.Truncate(position) == IoError.None
            && file.Sync() == IoError.None)
            return LogAppendStatus.DiskFull;

        _directory.Fail($"{FolderName}: a write failed ({error})");
        return LogAppendStatus.Failed;
    }

    /// <summary>Begins a new segment at the end.</summary>
    private LogAppendStatus Roll(long baseOffset, long nowMs)
    {
        Segment next = NewSegment(baseOffset, nowMs);
        IoError error = next.File.Acquire();
        if (error == IoError.None && next.File.File.LengthBytes > 0)
            error = next.File.File.Truncate(0);
        if (error == IoError.None)
        {
            error = Try("roll", () =>
            {
                WriteSnapshot(baseOffset);
                _active.Seal();
            });
        }

        if (error != IoError.None)
        {
            next.File.Retire();
            if (!IsTransient(error))
                _directory.Fail($"{FolderName}: a segment could not be made ({error})");
            return HasFailed ? LogAppendStatus.Failed : LogAppendStatus.DiskFull;
        }

        Volatile.Write(ref _isFolderDirty, 1);
        next.Activate(new SegmentIndexes(baseOffset));
        _active.File.Dispose();
        _active = next;
        LogView view = _published.Read();
        _endOffset = Math.Max(_endOffset, baseOffset);
        Publish([.. view.Segments, next], view.StartOffset);
        return LogAppendStatus.Ok;
    }

    private Segment NewSegment(long baseOffset, long nowMs) =>
        new(_fileSystem, _directory.Handles, _path, baseOffset, nowMs);

    // A snapshot is only a help: without room for it the log is replayed at the next start.
    private void WriteSnapshot(long offset)
    {
        string path = SegmentNames.Of(_path, offset, ProducerSnapshot.Suffix);
        try
        {
            using IFile file = _fileSystem.Open(path, FileOpenMode.Create);
            IoError error = file.Write(ProducerSnapshot.Format(_producers), 0);
            if (error != IoError.None)
                throw new StorageException($"{path}: write ({error})", error);
        }
        catch (StorageException exception) when (IsTransient(exception.Error))
        {
            _fileSystem.Delete(path);
        }
    }
}
