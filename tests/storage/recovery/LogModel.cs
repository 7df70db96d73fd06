using Teralog.Records;

namespace Teralog.Storage.Tests.Recovery;

/// <summary>
/// A log and the simplest thing that must behave like it: a list of batches, a start, and what is
/// known to be durable. Each step does the same to both and compares.
/// </summary>
internal sealed class LogModel(int seed)
{
    private readonly List<ModelBatch> _batches = [];
    private readonly Random _random = new(seed);
    private long _start;
    private long _durableEnd;
    private int _epoch;
    private long _clockMs = 1000;
    private bool _isProducerStateWhole = true;

    public SimulatedLog Subject { get; } = new(seed);

    private long End => _batches.Count == 0 ? _start : _batches[^1].NextOffset;

    public void Run(int command, int argument)
    {
        switch (command)
        {
            case 0 or 1 or 2 or 3:
                Append(argument);
                break;
            case 4:
                Sync();
                break;
            case 5:
                Read(argument);
                break;
            case 6:
                DeleteRecords(argument);
                break;
            case 7:
                Retain(argument);
                break;
            case 8:
                Restart(Subject.Kill);
                break;
            case 9:
                LosePower();
                break;
            case 10:
                Restart(Subject.CloseAndReopen);
                _durableEnd = End;
                break;
            case 11:
                Truncate(argument);
                break;
            case 12:
                FindTime(argument);
                break;
            default:
                DamageHelpers(argument);
                break;
        }

        CheckBounds();
    }

    public void CheckAll()
    {
        byte[] expected = [.. _batches.Where(batch => batch.NextOffset > _start)
            .SelectMany(batch => batch.Bytes)];
        Assert.Equal(expected, Subject.ReadAll(_start));
        Assert.Equal(expected, Subject.ReadAll(_start, maxBytes: 300));
    }

    private void Append(int argument)
    {
        if (argument % 7 == 0)
            _epoch++;

        _clockMs += _random.Next(-20, 40);
        int count = 1 + (argument % 4);
        byte[] batch = argument % 3 == 0
            ? Batches.Idempotent(argument % 5, 0, 0, count, _clockMs)
            : Batches.Plain(_clockMs, count, argument % 90);
        long end = End;
        LogAppendResult result = Subject.Append(batch, _epoch);
        Assert.Equal(LogAppendStatus.Ok, result.Status);
        Assert.Equal(end, result.FirstOffset);
        Assert.Equal(end + count - 1, result.LastOffset);
        _batches.Add(new ModelBatch(end, end + count, batch));
    }

    private void Sync()
    {
        Assert.Equal(new SyncResult(true, End), Subject.Log.Sync());
        _durableEnd = End;
        if (_random.Next(2) == 0)
            Assert.True(Subject.Directory.WriteCheckpoints());
    }

    private void Read(int argument)
    {
        long offset = _start + (argument % (End - _start + 2)) - 1;
        LogReadResult read = Subject.Log.Read(offset, 1, long.MaxValue, true);
        if (offset < _start)
        {
            Assert.Equal(LogReadStatus.OffsetOutOfRange, read.Status);
            return;
        }

        Assert.Equal(LogReadStatus.Ok, read.Status);
        byte[] bytes = new byte[read.Slice.LengthBytes];
        read.Slice.Read(bytes, 0, out _);
        read.Slice.Dispose();
        ModelBatch? expected = _batches.Find(batch => batch.NextOffset > offset);
        Assert.Equal(offset >= End ? [] : expected!.Bytes, bytes);
    }

    private void DeleteRecords(int argument)
    {
        long offset = _start + (argument % (End - _start + 1));
        Assert.True(Subject.Log.DeleteRecordsBefore(offset));
        MoveStart(offset);
    }

    private void Retain(int argument)
    {
        Subject.Log.UpdateConfig(Subject.Config with { RetentionBytes = 300 + (argument * 10) });
        long neededBytes = Math.Min(
            300 + (argument * 10), _batches.Sum(batch => batch.Bytes.Length));
        Subject.Log.EnforceRetention(Subject.Clock.GetUtcNow().ToUnixTimeMilliseconds());
        Assert.True(Subject.Log.LogStartOffset >= _start);
        Assert.True(Subject.Log.SizeBytes >= neededBytes);
        MoveStart(Subject.Log.LogStartOffset);
        Subject.Log.UpdateConfig(Subject.Config);
    }

    private void MoveStart(long start)
    {
        _isProducerStateWhole &= start == _start;
        _start = start;
        _durableEnd = Math.Max(_durableEnd, _start);
        while (_batches.Count > 0 && _batches[0].NextOffset <= _start)
            _batches.RemoveAt(0);
    }

    private void Restart(Action restart)
    {
        byte[] producers = Producers();
        restart();
        if (_isProducerStateWhole)
            Assert.Equal(producers, Producers());
        CheckAll();
    }

    // What was synced is there; of the rest a prefix in whole batches; and opening once more,
    // after a kill right behind it, changes nothing.
    private void LosePower()
    {
        Subject.LosePower();
        long end = Subject.Log.LogEndOffset;
        Assert.InRange(end, _durableEnd, End);
        _batches.RemoveAll(batch => batch.NextOffset > end);
        Assert.Equal(end, End);
        CheckAll();
        byte[] producers = Producers();
        Subject.Kill();
        Assert.Equal(end, Subject.Log.LogEndOffset);
        Assert.Equal(0, Subject.Log.Recovery.BytesCut);
        Assert.Equal(producers, Producers());
        CheckAll();
        _epoch = Math.Max(Subject.Log.LatestEpoch, _epoch);
    }

    private void Truncate(int argument)
    {
        long offset = _start + (argument % (End - _start + 1));
        Assert.True(Subject.Log.TruncateTo(offset));
        if (offset < End)
        {
            _batches.RemoveAll(batch => batch.NextOffset > offset);
            _durableEnd = Math.Min(_durableEnd, End);
        }

        CheckAll();
    }

    private void FindTime(int argument)
    {
        long timestampMs = _clockMs - 100 + argument;
        OffsetForTime? expected = null;
        foreach (ModelBatch batch in _batches)
        {
            var reader = new RecordReader(new BatchHeader(batch.Bytes));
            while (expected is null && reader.TryRead(out RecordView record))
            {
                if (record.TimestampMs >= timestampMs && record.Offset >= _start)
                {
                    expected = new OffsetForTime(record.Offset, record.TimestampMs,
                        new BatchHeader(batch.Bytes).LeaderEpoch, IsExact: true);
                }
            }
        }

        Assert.Equal(expected, Subject.Log.OffsetForTimestamp(timestampMs));
    }

    // Indexes, snapshots and epochs are only a help: without them, or with nonsense in their
    // place, a log that was killed comes back the same.
    private void DamageHelpers(int argument)
    {
        Subject.Disk.Kill();
        foreach (string name in Subject.Disk.List($"{SimulatedLog.Root}/{SimulatedLog.Folder}"))
        {
            string path = SimulatedLog.Path(name);
            if (name.EndsWith(".log", StringComparison.Ordinal) || _random.Next(2) == 0
                || name == PartitionMetadata.FileName)
                continue;

            byte[] content = Subject.Disk.Content(path)!;
            Subject.Disk.SetContent(path, (argument % 4) switch
            {
                0 => [],
                1 => content[..(content.Length / 2)],
                2 => new byte[content.Length],
                _ => _random.Bytes(content.Length),
            });
        }

        Subject.Reopen();
        _isProducerStateWhole &= _start == 0;
        CheckAll();
        _epoch = Math.Max(Subject.Log.LatestEpoch, _epoch);
    }

    private void CheckBounds()
    {
        Assert.Equal(_start, Subject.Log.LogStartOffset);
        Assert.Equal(End, Subject.Log.LogEndOffset);
        Assert.Equal(End, Subject.Log.LastStableOffset);
        Assert.True(Subject.Log.RecoveryPoint <= End);
        Assert.False(Subject.Directory.HasFailed);
    }

    private byte[] Producers()
    {
        var table = new ProducerTable();
        foreach (ProducerEntry entry in Subject.Log.Producers.Entries.OrderBy(
            each => each.ProducerId))
            table.Restore(entry);

        return ProducerSnapshot.Format(table);
    }
}
