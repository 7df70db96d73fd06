namespace Teralog.Storage;

/// <summary>
/// Which segments retention lets go: always the oldest ones, never one in between.
/// </summary>
internal static class RetentionDecision
{
    /// <summary>The number of leading segments to delete.</summary>
    /// <param name="segments">All segments, oldest first; the last is the active one.</param>
    /// <param name="config">Retention by time and size, where deletion is enabled.</param>
    /// <param name="nowMs">The clock.</param>
    /// <param name="logStartOffset">Segments wholly below go in any case, but the active.</param>
    /// <param name="deletableBelow">No segment that ends above goes.</param>
    internal static int CountDeletable(
        ReadOnlySpan<SegmentFacts> segments, LogConfig config, long nowMs,
        long logStartOffset, long deletableBelow)
    {
        long excessBytes = config.IsDeletionEnabled && config.RetentionBytes >= 0
            ? SumSizes(segments) - config.RetentionBytes
            : -1;
        for (int index = 0; index < segments.Length; index++)
        {
            SegmentFacts segment = segments[index];
            bool isActive = index == segments.Length - 1;
            bool isBelowStart = !isActive && segment.EndOffset <= logStartOffset;
            bool isOld = config.IsDeletionEnabled && config.RetentionMs >= 0
                && nowMs - segment.LargestTimestampMs > config.RetentionMs;
            bool isExcess = excessBytes - segment.SizeBytes >= 0;
            bool isNothing = isActive && segment.SizeBytes == 0;
            if (segment.EndOffset > deletableBelow || isNothing
                || !(isBelowStart || isOld || isExcess))
                return index;

            excessBytes -= segment.SizeBytes;
        }

        return segments.Length;
    }

    private static long SumSizes(ReadOnlySpan<SegmentFacts> segments)
    {
        long sum = 0;
        foreach (SegmentFacts segment in segments)
            sum += segment.SizeBytes;

        return sum;
    }
}
