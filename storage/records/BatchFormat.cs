namespace Teralog.Records;

/// <summary>
/// The layout of a record batch, magic 2 (KIP-98): big-endian, header of 61 bytes, then the
/// records section. The CRC-32C covers everything from the attributes on.
/// </summary>
public static class BatchFormat
{
    /// <summary>The only version served.</summary>
    public const byte Magic = 2;

    /// <summary>Bytes before the records section.</summary>
    public const int HeaderSizeBytes = 61;

    /// <summary>Base offset and length: what has to be there to know a batch's size.</summary>
    public const int LengthPrefixSizeBytes = 12;

    /// <summary>The least that the length field can say: a header without records.</summary>
    public const int LengthFieldMin = HeaderSizeBytes - LengthPrefixSizeBytes;

    /// <summary>Producer id of a batch that is not idempotent.</summary>
    public const long NoProducerId = -1;

    /// <summary>Producer epoch of a batch that is not idempotent.</summary>
    public const short NoProducerEpoch = -1;

    /// <summary>Sequence of a batch that is not idempotent, and of markers.</summary>
    public const int NoSequence = -1;

    /// <summary>A record without a time.</summary>
    public const long NoTimestamp = -1;

    /// <summary>Leader epoch of a batch that no leader has stamped.</summary>
    public const int NoLeaderEpoch = -1;

    internal const int BaseOffsetAt = 0;
    internal const int LengthAt = 8;
    internal const int LeaderEpochAt = 12;
    internal const int MagicAt = 16;
    internal const int CrcAt = 17;
    internal const int AttributesAt = 21;
    internal const int LastOffsetDeltaAt = 23;
    internal const int BaseTimestampAt = 27;
    internal const int MaxTimestampAt = 35;
    internal const int ProducerIdAt = 43;
    internal const int ProducerEpochAt = 51;
    internal const int BaseSequenceAt = 53;
    internal const int CountAt = 57;

    internal const short CompressionMask = 0x07;
    internal const short LogAppendTimeBit = 0x08;
    internal const short TransactionalBit = 0x10;
    internal const short ControlBit = 0x20;
    internal const short DeleteHorizonBit = 0x40;
}
