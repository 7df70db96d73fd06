using Teralog.Abstractions;

namespace Teralog.Broker;

/// <summary>What a reader may see of a log: pure functions. All ends are exclusive.</summary>
internal static class FetchBounds
{
    /// <summary>The end of what a reader sees. It is never above the high watermark: the stable
    /// offset counts only below it.</summary>
    internal static long Visible(Isolation isolation, long highWatermark, long lastStableOffset) =>
        isolation == Isolation.ReadCommitted
            ? Math.Min(highWatermark, lastStableOffset)
            : highWatermark;

    /// <summary>Whether an offset may be asked for: one between the visible end and the log end is
    /// no error, there is only nothing to see yet.</summary>
    internal static bool IsInRange(long offset, long logStartOffset, long logEndOffset) =>
        offset >= logStartOffset && offset <= logEndOffset;

    /// <summary>The caller's leader epoch against ours (KIP-320); -1 asks nothing.</summary>
    internal static BrokerError CheckEpoch(int callerEpoch, int leaderEpoch)
    {
        if (callerEpoch < 0 || callerEpoch == leaderEpoch)
            return BrokerError.None;

        return callerEpoch < leaderEpoch
            ? BrokerError.FencedLeaderEpoch
            : BrokerError.UnknownLeaderEpoch;
    }
}
