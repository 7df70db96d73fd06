using static System.Buffers.Binary.BinaryPrimitives;

namespace Teralog.Records;

/// <summary>
/// Reads the fields of one batch in place. It checks nothing: a caller with bytes from outside
/// asks <see cref="BatchValidator"/> first. At least 61 bytes must be there.
/// </summary>
public readonly ref struct BatchHeader
{
    private readonly ReadOnlySpan<byte> _bytes;

    /// <summary>A view of a batch that starts at the first byte given.</summary>
    public BatchHeader(ReadOnlySpan<byte> batch)
    {
        Invariant.That(batch.Length >= BatchFormat.HeaderSizeBytes);
        _bytes = batch;
    }

    /// <summary>Offset of the first record.</summary>
    public long BaseOffset => ReadInt64BigEndian(_bytes[BatchFormat.BaseOffsetAt..]);

    /// <summary>The length field: bytes after it.</summary>
    public int Length => ReadInt32BigEndian(_bytes[BatchFormat.LengthAt..]);

    /// <summary>Bytes of the whole batch; above an int where the length is wrong.</summary>
    public long SizeBytes => (long)Length + BatchFormat.LengthPrefixSizeBytes;

    /// <summary>Epoch of the leader that appended the batch.</summary>
    public int LeaderEpoch => ReadInt32BigEndian(_bytes[BatchFormat.LeaderEpochAt..]);

    /// <summary>Format version; 2 is the only one that has this layout.</summary>
    public sbyte Magic => (sbyte)_bytes[BatchFormat.MagicAt];

    /// <summary>CRC-32C of everything from the attributes on, as stored.</summary>
    public uint Crc => ReadUInt32BigEndian(_bytes[BatchFormat.CrcAt..]);

    /// <summary>All attribute bits.</summary>
    public short Attributes => ReadInt16BigEndian(_bytes[BatchFormat.AttributesAt..]);

    /// <summary>Offset of the last record minus the base offset; kept by compaction.</summary>
    public int LastOffsetDelta => ReadInt32BigEndian(_bytes[BatchFormat.LastOffsetDeltaAt..]);

    /// <summary>What record timestamp deltas count from (the delete horizon, if set).</summary>
    public long BaseTimestampMs => ReadInt64BigEndian(_bytes[BatchFormat.BaseTimestampAt..]);

    /// <summary>The largest record timestamp, or the append time.</summary>
    public long MaxTimestampMs => ReadInt64BigEndian(_bytes[BatchFormat.MaxTimestampAt..]);

    /// <summary>Producer id, or -1.</summary>
    public long ProducerId => ReadInt64BigEndian(_bytes[BatchFormat.ProducerIdAt..]);

    /// <summary>Producer epoch, or -1.</summary>
    public short ProducerEpoch => ReadInt16BigEndian(_bytes[BatchFormat.ProducerEpochAt..]);

    /// <summary>Sequence of the first record, or -1.</summary>
    public int BaseSequence => ReadInt32BigEndian(_bytes[BatchFormat.BaseSequenceAt..]);

    /// <summary>Number of records; 0 in what compaction leaves of an empty batch.</summary>
    public int Count => ReadInt32BigEndian(_bytes[BatchFormat.CountAt..]);

    /// <summary>Offset of the last record.</summary>
    public long LastOffset => BaseOffset + LastOffsetDelta;

    /// <summary>Offset after the last record.</summary>
    public long NextOffset => BaseOffset + LastOffsetDelta + 1;

    /// <summary>Codec of the records section; values 5 to 7 do not exist.</summary>
    public CompressionType Compression =>
        (CompressionType)(Attributes & BatchFormat.CompressionMask);

    /// <summary>Who set the time.</summary>
    public TimestampType TimestampType =>
        (Attributes & BatchFormat.LogAppendTimeBit) != 0
            ? TimestampType.LogAppendTime
            : TimestampType.CreateTime;

    /// <summary>Whether the batch belongs to a transaction.</summary>
    public bool IsTransactional => (Attributes & BatchFormat.TransactionalBit) != 0;

    /// <summary>Whether the batch holds a marker instead of records.</summary>
    public bool IsControl => (Attributes & BatchFormat.ControlBit) != 0;

    /// <summary>Whether the base timestamp is a delete horizon (KIP-534).</summary>
    public bool HasDeleteHorizon => (Attributes & BatchFormat.DeleteHorizonBit) != 0;

    /// <summary>Whether the batch carries a producer id.</summary>
    public bool HasProducerId => ProducerId > BatchFormat.NoProducerId;

    /// <summary>Sequence of the last record, or -1. Sequences wrap after int.MaxValue.</summary>
    public int LastSequence => BaseSequence == BatchFormat.NoSequence
        ? BatchFormat.NoSequence
        : (int)(((long)BaseSequence + LastOffsetDelta) & int.MaxValue);

    /// <summary>The records section, compressed or not; the whole batch must be there.</summary>
    public ReadOnlySpan<byte> RecordsSection =>
        _bytes[BatchFormat.HeaderSizeBytes..checked((int)SizeBytes)];

    /// <summary>The bytes that the view was made of.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Computes the CRC-32C over the batch; the whole batch must be there.</summary>
    public uint ComputeCrc() =>
        Crc32C.Compute(_bytes[BatchFormat.AttributesAt..checked((int)SizeBytes)]);
}
