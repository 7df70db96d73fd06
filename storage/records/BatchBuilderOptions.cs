namespace Teralog.Records;

/// <summary>The header fields that <see cref="BatchBuilder"/> does not compute.</summary>
public readonly record struct BatchBuilderOptions()
{
    /// <summary>Offset of the first record; 0 in what a producer sends.</summary>
    public long BaseOffset { get; init; }

    /// <summary>Leader epoch, or -1 where no leader has stamped it yet.</summary>
    public int LeaderEpoch { get; init; } = BatchFormat.NoLeaderEpoch;

    /// <summary>Who sets the time.</summary>
    public TimestampType TimestampType { get; init; }

    /// <summary>Producer id, or -1.</summary>
    public long ProducerId { get; init; } = BatchFormat.NoProducerId;

    /// <summary>Producer epoch, or -1.</summary>
    public short ProducerEpoch { get; init; } = BatchFormat.NoProducerEpoch;

    /// <summary>Sequence of the first record, or -1.</summary>
    public int BaseSequence { get; init; } = BatchFormat.NoSequence;

    /// <summary>Whether the batch belongs to a transaction.</summary>
    public bool IsTransactional { get; init; }

    /// <summary>Whether the batch is a marker.</summary>
    public bool IsControl { get; init; }

    /// <summary>What the payload is compressed with.</summary>
    public CompressionType Compression { get; init; }

    /// <summary>The codec; needed where <see cref="Compression"/> is not None.</summary>
    public BatchCompressor? Compressor { get; init; }
}
