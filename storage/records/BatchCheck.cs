namespace Teralog.Records;

/// <summary>
/// What <see cref="BatchValidator"/> says of bytes that a producer sent. In brackets the error
/// that Kafka gives; every one but Ok means that nothing was applied.
/// </summary>
public enum BatchCheck
{
    /// <summary>One batch that may be appended.</summary>
    Ok = 0,

    /// <summary>No whole batch, more than one, or bytes left over [INVALID_RECORD].</summary>
    NotOneBatch,

    /// <summary>A length that no batch can have [CORRUPT_MESSAGE].</summary>
    BadLength,

    /// <summary>Magic 0 or 1: a format from before Kafka 0.11 [INVALID_RECORD].</summary>
    OldMagic,

    /// <summary>A magic that does not exist [CORRUPT_MESSAGE].</summary>
    BadMagic,

    /// <summary>The CRC-32C differs [CORRUPT_MESSAGE].</summary>
    CorruptCrc,

    /// <summary>More bytes than the topic allows [RECORD_TOO_LARGE].</summary>
    TooLarge,

    /// <summary>A base offset other than 0 [INVALID_RECORD].</summary>
    BadBaseOffset,

    /// <summary>Count below 1, or not last offset delta + 1 [INVALID_RECORD].</summary>
    BadCount,

    /// <summary>A marker, which only a coordinator may write [INVALID_RECORD].</summary>
    ControlBatch,

    /// <summary>A producer id without a sequence [INVALID_RECORD].</summary>
    BadSequence,

    /// <summary>Codec 5, 6 or 7, or an empty payload [INVALID_RECORD].</summary>
    UnsupportedCodec,

    /// <summary>A record whose lengths do not fit, or too many of them [INVALID_RECORD].</summary>
    InvalidRecord,

    /// <summary>A record without a key for a compacted topic [INVALID_RECORD].</summary>
    MissingKey,

    /// <summary>A timestamp outside the topic's limits [INVALID_TIMESTAMP].</summary>
    InvalidTimestamp,
}
