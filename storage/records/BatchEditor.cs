using static System.Buffers.Binary.BinaryPrimitives;

namespace Teralog.Records;

/// <summary>
/// Stamps fields of one batch in place. Base offset, length, leader epoch and magic are outside
/// the CRC; whoever changes another field ends with <see cref="SealCrc"/>.
/// </summary>
public readonly ref struct BatchEditor
{
    private readonly Span<byte> _bytes;

    /// <summary>An editor of a batch that starts at the first byte given.</summary>
    public BatchEditor(Span<byte> batch)
    {
        Invariant.That(batch.Length >= BatchFormat.HeaderSizeBytes);
        _bytes = batch;
    }

    /// <summary>The same bytes, to read.</summary>
    public BatchHeader Header => new(_bytes);

    /// <summary>Sets the offset of the first record.</summary>
    public void SetBaseOffset(long value) =>
        WriteInt64BigEndian(_bytes[BatchFormat.BaseOffsetAt..], value);

    /// <summary>Sets the length field.</summary>
    public void SetLength(int value) =>
        WriteInt32BigEndian(_bytes[BatchFormat.LengthAt..], value);

    /// <summary>Sets the leader epoch.</summary>
    public void SetLeaderEpoch(int value) =>
        WriteInt32BigEndian(_bytes[BatchFormat.LeaderEpochAt..], value);

    /// <summary>Sets the format version.</summary>
    public void SetMagic(byte value) => _bytes[BatchFormat.MagicAt] = value;

    /// <summary>Sets all attribute bits. Under the CRC.</summary>
    public void SetAttributes(short value) =>
        WriteInt16BigEndian(_bytes[BatchFormat.AttributesAt..], value);

    /// <summary>Sets or clears the log-append-time bit. Under the CRC.</summary>
    public void SetTimestampType(TimestampType value)
    {
        int others = Header.Attributes & ~BatchFormat.LogAppendTimeBit;
        SetAttributes((short)(others | ((int)value << 3)));
    }

    /// <summary>Sets the last offset's delta. Under the CRC.</summary>
    public void SetLastOffsetDelta(int value) =>
        WriteInt32BigEndian(_bytes[BatchFormat.LastOffsetDeltaAt..], value);

    /// <summary>Sets the base timestamp. Under the CRC.</summary>
    public void SetBaseTimestampMs(long value) =>
        WriteInt64BigEndian(_bytes[BatchFormat.BaseTimestampAt..], value);

    /// <summary>Sets the max timestamp. Under the CRC.</summary>
    public void SetMaxTimestampMs(long value) =>
        WriteInt64BigEndian(_bytes[BatchFormat.MaxTimestampAt..], value);

    /// <summary>Sets producer id, epoch and base sequence. Under the CRC.</summary>
    public void SetProducer(long producerId, short producerEpoch, int baseSequence)
    {
        WriteInt64BigEndian(_bytes[BatchFormat.ProducerIdAt..], producerId);
        WriteInt16BigEndian(_bytes[BatchFormat.ProducerEpochAt..], producerEpoch);
        WriteInt32BigEndian(_bytes[BatchFormat.BaseSequenceAt..], baseSequence);
    }

    /// <summary>Sets the number of records. Under the CRC.</summary>
    public void SetCount(int value) =>
        WriteInt32BigEndian(_bytes[BatchFormat.CountAt..], value);

    /// <summary>Computes and stores the CRC; the whole batch must be there.</summary>
    public void SealCrc() =>
        WriteUInt32BigEndian(_bytes[BatchFormat.CrcAt..], Header.ComputeCrc());
}
