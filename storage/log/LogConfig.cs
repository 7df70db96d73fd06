using Teralog.Records;

namespace Teralog.Storage;

/// <summary>The settings of one partition's log; defaults and meanings are Kafka's.</summary>
public sealed record LogConfig
{
    /// <summary>segment.bytes.</summary>
    public int SegmentBytes { get; init; } = 1 << 30;

    /// <summary>segment.ms.</summary>
    public long SegmentMs { get; init; } = 7L * 24 * 3600 * 1000;

    /// <summary>What to take from segment.ms for this log, below segment.jitter.ms.</summary>
    public long SegmentJitterMs { get; init; }

    /// <summary>segment.index.bytes: the segment rolls when its index would be larger.</summary>
    public int SegmentIndexBytes { get; init; } = 10 << 20;

    /// <summary>index.interval.bytes.</summary>
    public int IndexIntervalBytes { get; init; } = 4096;

    /// <summary>max.message.bytes: the most bytes of one batch.</summary>
    public int MaxMessageBytes { get; init; } = 1_048_588;

    /// <summary>retention.ms; -1 keeps for ever.</summary>
    public long RetentionMs { get; init; } = 7L * 24 * 3600 * 1000;

    /// <summary>retention.bytes; -1 keeps all.</summary>
    public long RetentionBytes { get; init; } = -1;

    /// <summary>Whether cleanup.policy names delete: retention by time and size applies.</summary>
    public bool IsDeletionEnabled { get; init; } = true;

    /// <summary>
    /// Whether cleanup.policy names compact, or did: offsets may be missing between batches.
    /// </summary>
    public bool IsCompacted { get; init; }

    /// <summary>message.timestamp.type.</summary>
    public TimestampType TimestampType { get; init; }

    /// <summary>producer.id.expiration.ms.</summary>
    public long ProducerExpirationMs { get; init; } = 24L * 3600 * 1000;
}
