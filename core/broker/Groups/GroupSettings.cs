namespace Teralog.Broker.Groups;

/// <summary>The broker's configuration of groups, by Kafka's names.</summary>
internal sealed record GroupSettings
{
    private const long MinuteMs = 60_000;

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

    /// <summary>Reads all of it; none of it changes while a broker runs.</summary>
    public static GroupSettings Of(BrokerConfigs configs) => new()
    {
        SessionTimeoutMsMin = configs.GetInt("group.min.session.timeout.ms"),
        SessionTimeoutMsMax = configs.GetInt("group.max.session.timeout.ms"),
        InitialRebalanceDelayMs = configs.GetInt("group.initial.rebalance.delay.ms"),
        MembersMax = configs.GetInt("group.max.size"),
        OffsetMetadataBytesMax = configs.GetInt("offset.metadata.max.bytes"),
        OffsetsRetentionMs = configs.GetInt("offsets.retention.minutes") * MinuteMs,
        OffsetsRetentionCheckMs = configs.GetLong("offsets.retention.check.interval.ms"),
    };
}
