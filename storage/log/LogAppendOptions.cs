namespace Teralog.Storage;

/// <summary>What an append needs to know beside the bytes.</summary>
public readonly record struct LogAppendOptions()
{
    /// <summary>Where the batches come from.</summary>
    public AppendOrigin Origin { get; init; }

    /// <summary>The leader epoch to stamp; not used for a replica's append.</summary>
    public int LeaderEpoch { get; init; }

    /// <summary>
    /// The max timestamp that <see cref="Teralog.Records.BatchValidator"/> gave for the one batch
    /// that is appended; null leaves the header's.
    /// </summary>
    public long? ValidatedMaxTimestampMs { get; init; }
}
