using Teralog.Abstractions;
using Teralog.Net;
using Teralog.Records;
using Teralog.Storage;

namespace Teralog.Broker;

/// <summary>The way of a fetch: a bound, a slice, no bytes.</summary>
internal sealed partial class Partition
{
    internal FetchResult Fetch(in FetchOptions options)
    {
        BrokerError error = StateError;
        if (error == BrokerError.None)
            error = FetchBounds.CheckEpoch(options.CurrentLeaderEpoch, LeaderEpoch);
        if (error != BrokerError.None)
            return Failed(error);

        // The bound is taken before the slice: no append in between can widen it (KAFKA-9835).
        long highWatermark = HighWatermark;
        long lastStableOffset = Math.Min(_log.LastStableOffset, highWatermark);
        long bound = FetchBounds.Visible(options.Isolation, highWatermark, lastStableOffset);
        LogReadResult read = Read(
            options.Offset, options.MaxBytes, bound, options.AtLeastOneBatch);
        if (read.Status != LogReadStatus.Ok)
            return Failed(ErrorOf(read.Status));

        return new FetchResult
        {
            Slice = new FileSlice(
                read.Slice.Handle!, read.Slice.Position, read.Slice.LengthBytes, read.Slice.Lease),
            HighWatermark = highWatermark,
            LastStableOffset = lastStableOffset,
            LogStartOffset = read.LogStartOffset,
            AbortedTransactions = options.Isolation == Isolation.ReadCommitted ? [] : null,
        };
    }

    /// <summary>
    /// Bytes that a reader with this place could get, as far as <paramref name="maxBytes"/>; false
    /// where the place cannot be read any more.
    /// </summary>
    internal bool TryCount(in WatchItem item, int maxBytes, out int bytes)
    {
        bytes = 0;
        if (StateError != BrokerError.None)
            return false;

        long bound = VisibleEnd(item.Isolation);
        if (!FetchBounds.IsInRange(item.Offset, _log.LogStartOffset, _log.LogEndOffset))
            return false;
        if (item.Offset >= bound)
            return true;
        if (maxBytes <= 1)
        {
            bytes = 1;
            return true;
        }

        LogReadResult read = Read(item.Offset, maxBytes, bound, atLeastOneBatch: true);
        bytes = read.Slice.LengthBytes;
        read.Slice.Dispose();
        return read.Status == LogReadStatus.Ok;
    }

    /// <summary>Where the bytes below a bound are; the slice is the caller's to dispose.</summary>
    internal LogReadResult Read(long offset, int maxBytes, long bound, bool atLeastOneBatch)
    {
        Invariant.That(bound <= _log.LogEndOffset);
        if (offset < bound || !FetchBounds.IsInRange(
            offset, _log.LogStartOffset, _log.LogEndOffset))
            return _log.Read(offset, maxBytes, bound, atLeastOneBatch);

        return new(LogReadStatus.Ok, default, _log.LogStartOffset, _log.LogEndOffset);
    }

    private long VisibleEnd(Isolation isolation) =>
        FetchBounds.Visible(isolation, HighWatermark, _log.LastStableOffset);

    private BrokerError ErrorOf(LogReadStatus status)
    {
        if (StateError != BrokerError.None)
            return StateError;

        return status == LogReadStatus.OffsetOutOfRange
            ? BrokerError.OffsetOutOfRange
            : BrokerError.StorageFailed;
    }

    private static FetchResult Failed(BrokerError error) => new()
    {
        Error = error,
        HighWatermark = -1,
        LastStableOffset = -1,
        LogStartOffset = -1,
    };
}
