namespace Teralog.Broker.Groups;

/// <summary>The broker's configuration of groups, by Kafka's names.</summary>
internal sealed record GroupSettings
{
    /// <summary>group.min.session.timeout.ms</summary>
    public int SessionTimeoutMsMin { get; init; } = 6000;

    /// <summary>group.max.session.timeout.ms</summary>
    public int SessionTimeoutMsMax { get; init; } = 1_800_000;

    /// <summary>group.initial.rebalance.delay.ms</summary>
    public int InitialRebalanceDelayMs { get; init; } = 3000;

    /// <summary>group.max.size</summary>
    public int MembersMax { get; init; } = int.MaxValue;

    /// <summary>offset.metadata.max.bytes</summary>
    public int OffsetMetadataBytesMax { get; init; } = 4096;

    /// <summary>offsets.retention.minutes, in milliseconds.</summary>
    public long OffsetsRetentionMs { get; init; } = 7L * 24 * 60 * 60 * 1000;

    /// <summary>offsets.retention.check.interval.ms</summary>
    public long OffsetsRetentionCheckMs { get; init; } = 600_000;

    /// <summary>offsets.topic.num.partitions</summary>
    public int OffsetsTopicPartitions { get; init; } = 50;

    /// <summary>offsets.topic.replication.factor, or -1 for what the cluster can give.</summary>
    public int OffsetsTopicReplicationFactor { get; init; } = -1;

    /// <summary>offsets.topic.segment.bytes</summary>
    public int OffsetsTopicSegmentBytes { get; init; } = 100 * 1024 * 1024;
}
