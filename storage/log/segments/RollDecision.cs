namespace Teralog.Storage;

/// <summary>When a new segment begins; Kafka's rules (LogSegment.shouldRoll).</summary>
internal static class RollDecision
{
    internal static bool ShouldRoll(LogConfig config, in RollInput input)
    {
        if (input.AppendLastOffset - input.SegmentBaseOffset > int.MaxValue)
            return true;
        if (input.SegmentSizeBytes == 0)
            return false;

        return input.SegmentSizeBytes + input.AppendSizeBytes > config.SegmentBytes
            || HasWaitedTooLong(config, input)
            || input.IndexEntries >= config.SegmentIndexBytes / OffsetIndex.EntrySizeBytes
            || input.TimeIndexEntries >= config.SegmentIndexBytes / TimeIndex.EntrySizeBytes;
    }

    // By the records' own time where they have one, so that a replica rolls where its leader did.
    private static bool HasWaitedTooLong(LogConfig config, in RollInput input)
    {
        long waitedMs = input.FirstTimestampMs >= 0
            ? input.AppendMaxTimestampMs - input.FirstTimestampMs
            : input.NowMs - input.CreatedMs;
        return waitedMs > config.SegmentMs - config.SegmentJitterMs;
    }
}
