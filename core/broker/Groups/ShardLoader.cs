using System.Buffers;
using Teralog.Abstractions;
using Teralog.Records;

namespace Teralog.Broker.Groups;

/// <summary>
/// Reads one partition of the internal topic into a table. It also reads logs that Kafka wrote:
/// compressed batches, and offsets inside transactions, which count from their commit marker on.
/// </summary>
internal sealed class ShardLoader(int partition, GroupRuntime runtime)
{
    private const int MarkerTypeAt = 2;
    private const int MarkerKeySizeBytes = 4;
    private const byte CommitMarker = 1;

    private readonly GroupTable _table = new();
    private readonly Dictionary<long, List<CoordinatorRecord>> _openTransactions = [];
    private long _offset;

    /// <summary>Loads and opens the shard, or leaves it refusing.</summary>
    public static void Load(GroupShard shard, GroupRuntime runtime)
    {
        var loader = new ShardLoader(shard.Partition, runtime);
        var error = loader.Read();
        if (error != BrokerError.None)
        {
            GroupLogMessages.LoadFailed(runtime.Logger, shard.Partition, loader._offset, error);
            shard.Open(loader._table, BrokerError.CoordinatorNotAvailable);
            return;
        }

        GroupLogMessages.Loaded(
            runtime.Logger, shard.Partition, loader._table.Groups.Count,
            loader._table.SkippedCount);
        shard.Open(loader._table, BrokerError.None);
    }

    private BrokerError Read()
    {
        var bounds = runtime.Log.Bounds(partition);
        _offset = bounds.StartOffset;
        var buffer = new ArrayBufferWriter<byte>();
        while (bounds.Error == BrokerError.None && _offset < bounds.EndOffset)
        {
            buffer.ResetWrittenCount();
            var error = runtime.Log.Read(
                partition, _offset, GroupLimits.LoadReadSizeBytes, buffer);
            if (error == BrokerError.None)
                error = TakeBatches(buffer.WrittenSpan, bounds.EndOffset);
            if (error != BrokerError.None)
                return error;
        }

        return bounds.Error;
    }

    private BrokerError TakeBatches(ReadOnlySpan<byte> bytes, long endOffset)
    {
        var offsetBefore = _offset;
        foreach (var batch in new BatchEnumerator(bytes))
        {
            // A read starts with the batch that holds the offset, and may go past the end.
            if (batch.NextOffset <= _offset || batch.BaseOffset >= endOffset)
                continue;
            var error = TakeBatch(batch);
            if (error != BrokerError.None)
                return error;
            _offset = batch.NextOffset;
        }

        return _offset > offsetBefore ? BrokerError.None : BrokerError.CorruptBatch;
    }

    private BrokerError TakeBatch(in BatchHeader batch)
    {
        if (batch.ComputeCrc() != batch.Crc)
            return BrokerError.CorruptBatch;
        if (batch.Compression == CompressionType.None)
            return TakeRecords(batch, batch.RecordsSection);
        if (runtime.Log.Codec((int)batch.Compression) is not { } codec)
            return BrokerError.UnsupportedCodec;
        var plain = new ArrayBufferWriter<byte>();
        var result = codec.Decompress(
            batch.RecordsSection, plain, GroupLimits.DecompressedBytesMax);
        return result == CodecResult.Done
            ? TakeRecords(batch, plain.WrittenSpan)
            : BrokerError.CorruptBatch;
    }

    private BrokerError TakeRecords(in BatchHeader batch, ReadOnlySpan<byte> records)
    {
        var reader = new RecordReader(batch, records);
        while (reader.TryRead(out var record))
        {
            if (batch.IsControl)
                EndTransaction(batch.ProducerId, record.Key.Span);
            else if (batch.IsTransactional)
                Hold(batch.ProducerId, record);
            else
                _table.Apply(record.Key.Span, record.Value.ToArray());
        }

        return reader.IsMalformed ? BrokerError.CorruptBatch : BrokerError.None;
    }

    private void Hold(long producerId, in RecordView record)
    {
        if (!_openTransactions.TryGetValue(producerId, out var held))
            _openTransactions.Add(producerId, held = []);
        held.Add(new CoordinatorRecord(record.Key.Span.ToArray(), record.Value.ToArray()));
    }

    private void EndTransaction(long producerId, ReadOnlySpan<byte> marker)
    {
        if (!_openTransactions.Remove(producerId, out var held)
            || marker.Length < MarkerKeySizeBytes || marker[MarkerTypeAt + 1] != CommitMarker)
            return;
        foreach (var record in held)
            _table.Apply(record.Key, record.Value);
    }
}
