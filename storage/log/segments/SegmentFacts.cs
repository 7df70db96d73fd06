namespace Teralog.Storage;

/// <summary>What <see cref="RetentionDecision"/> looks at, of one segment.</summary>
/// <param name="EndOffset">Base of the next segment, or the log's end.</param>
/// <param name="SizeBytes">Bytes of its log file.</param>
/// <param name="LargestTimestampMs">The largest timestamp, or the last write's.</param>
internal readonly record struct SegmentFacts(
    long EndOffset, long SizeBytes, long LargestTimestampMs);
