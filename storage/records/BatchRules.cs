namespace Teralog.Records;

/// <summary>What a topic asks of the batches that producers send.</summary>
public readonly record struct BatchRules()
{
    /// <summary>max.message.bytes: the most bytes of one batch.</summary>
    public int MaxMessageBytes { get; init; } = int.MaxValue;

    /// <summary>message.timestamp.type; the timestamp limits bind only CreateTime.</summary>
    public TimestampType TimestampType { get; init; }

    /// <summary>The leader's clock, milliseconds since 1970.</summary>
    public long NowMs { get; init; }

    /// <summary>message.timestamp.before.max.ms: how far behind the clock.</summary>
    public long TimestampBeforeMaxMs { get; init; } = long.MaxValue;

    /// <summary>message.timestamp.after.max.ms: how far ahead of the clock.</summary>
    public long TimestampAfterMaxMs { get; init; } = long.MaxValue;

    /// <summary>Whether every record needs a key: the topic is compacted.</summary>
    public bool AreKeysRequired { get; init; }
}
