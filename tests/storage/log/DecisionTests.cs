using FsCheck.Xunit;

namespace Teralog.Storage.Tests.Logs;

/// <summary>The pure decisions: when to roll, what to let go, where an epoch ends.</summary>
public sealed class DecisionTests
{
    private static readonly LogConfig Config = new()
    {
        SegmentBytes = 1000,
        SegmentMs = 100,
        SegmentIndexBytes = 80,
        RetentionMs = 50,
        RetentionBytes = 500,
    };

    private static readonly RollInput Fresh = new()
    {
        SegmentSizeBytes = 500,
        SegmentBaseOffset = 10,
        AppendSizeBytes = 100,
        AppendMaxTimestampMs = 1050,
        AppendLastOffset = 20,
        FirstTimestampMs = 1000,
        CreatedMs = 0,
        NowMs = 1_000_000,
        IndexEntries = 0,
        TimeIndexEntries = 0,
    };

    [Fact]
    public void A_segment_rolls_by_size_time_index_and_reach_but_never_when_empty()
    {
        Assert.False(RollDecision.ShouldRoll(Config, Fresh));
        Assert.True(RollDecision.ShouldRoll(Config, Fresh with { AppendSizeBytes = 501 }));
        Assert.False(RollDecision.ShouldRoll(Config, Fresh with { AppendSizeBytes = 500 }));
        Assert.True(RollDecision.ShouldRoll(
            Config, Fresh with { AppendMaxTimestampMs = 1101 }));
        Assert.True(RollDecision.ShouldRoll(Config, Fresh with { FirstTimestampMs = -1 }));
        Assert.True(RollDecision.ShouldRoll(Config, Fresh with { IndexEntries = 10 }));
        Assert.True(RollDecision.ShouldRoll(Config, Fresh with { TimeIndexEntries = 6 }));
        Assert.True(RollDecision.ShouldRoll(
            Config, Fresh with { AppendLastOffset = 11L + int.MaxValue }));
        Assert.False(RollDecision.ShouldRoll(
            Config, Fresh with { SegmentSizeBytes = 0, AppendSizeBytes = 2000 }));
    }

    [Property]
    public void Retention_lets_go_a_prefix_and_only_what_a_rule_names(
        (byte Size, byte Time)[] sealedSegments, byte now, byte start, byte bound)
    {
        var facts = new SegmentFacts[sealedSegments.Length + 1];
        for (int index = 0; index < facts.Length; index++)
        {
            (byte size, byte time) = index < sealedSegments.Length
                ? sealedSegments[index]
                : ((byte)1, byte.MaxValue);
            facts[index] = new SegmentFacts((index + 1) * 10, size + 1, time);
        }

        int count = RetentionDecision.CountDeletable(facts, Config, now, start, bound);
        long kept = facts[count..].Sum(segment => segment.SizeBytes);
        for (int index = 0; index < count; index++)
        {
            kept += facts[index].SizeBytes;
            bool isNamed = now - facts[index].LargestTimestampMs > 50
                || facts[index].EndOffset <= start
                || facts[index..].Sum(segment => segment.SizeBytes) - facts[index].SizeBytes
                    >= 500;
            Assert.True(isNamed && facts[index].EndOffset <= bound);
        }

        LogConfig none = Config with { IsDeletionEnabled = false };
        int byStart = RetentionDecision.CountDeletable(facts, none, now, 0, long.MaxValue);
        Assert.Equal(0, byStart);
    }

    [Fact]
    public void Epochs_end_where_the_next_begins_and_unknown_ones_have_no_end()
    {
        EpochHistory history = EpochHistory.Empty.Assign(2, 0).Assign(4, 10).Assign(7, 30);
        Assert.Equal((1, 0L), history.EndOffsetFor(1, 50));
        Assert.Equal((2, 10L), history.EndOffsetFor(2, 50));
        Assert.Equal((2, 10L), history.EndOffsetFor(3, 50));
        Assert.Equal((4, 30L), history.EndOffsetFor(6, 50));
        Assert.Equal((7, 50L), history.EndOffsetFor(7, 50));
        Assert.Equal((-1, -1L), history.EndOffsetFor(8, 50));
        Assert.Equal((-1, -1L), history.EndOffsetFor(-1, 50));
    }

    [Property]
    public void Epochs_and_starts_stay_strictly_increasing(
        (byte Epoch, byte Start, byte Kind)[] changes)
    {
        EpochHistory history = EpochHistory.Empty;
        foreach ((byte epoch, byte start, byte kind) in changes)
        {
            history = (kind % 4) switch
            {
                0 => history.TruncateEnd(start),
                1 => history.TruncateStart(start),
                _ => history.Assign(epoch, start),
            };
            for (int index = 1; index < history.Entries.Length; index++)
            {
                Assert.True(history.Entries[index].Epoch > history.Entries[index - 1].Epoch);
                Assert.True(
                    history.Entries[index].StartOffset > history.Entries[index - 1].StartOffset);
            }

            Assert.Equal(history.Entries, EpochHistory.TryParse(history.Format())!.Entries);
        }
    }
}
