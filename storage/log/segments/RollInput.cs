namespace Teralog.Storage;

/// <summary>What <see cref="RollDecision"/> looks at.</summary>
internal readonly record struct RollInput
{
    internal required long SegmentSizeBytes { get; init; }

    internal required long SegmentBaseOffset { get; init; }

    internal required int AppendSizeBytes { get; init; }

    internal required long AppendMaxTimestampMs { get; init; }

    internal required long AppendLastOffset { get; init; }

    /// <summary>Max timestamp of the segment's first batch, or -1.</summary>
    internal required long FirstTimestampMs { get; init; }

    internal required long CreatedMs { get; init; }

    internal required long NowMs { get; init; }

    internal required int IndexEntries { get; init; }

    internal required int TimeIndexEntries { get; init; }
}
