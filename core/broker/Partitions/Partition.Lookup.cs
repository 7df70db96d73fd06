using Teralog.Abstractions;
using Teralog.Records;
using Teralog.Storage;

namespace Teralog.Broker;

/// <summary>Offsets by time, place and epoch; the log start.</summary>
internal sealed partial class Partition
{
    private static readonly OffsetLookupResult NoOffset = new(BrokerError.None, -1, -1, -1);

    internal OffsetLookupResult Lookup(in OffsetLookup lookup)
    {
        BrokerError error = StateError;
        if (error == BrokerError.None)
            error = FetchBounds.CheckEpoch(lookup.CurrentLeaderEpoch, LeaderEpoch);
        if (error != BrokerError.None)
            return NoOffset with { Error = error };

        long bound = VisibleEnd(lookup.Isolation);
        return lookup.Place switch
        {
            OffsetPlace.Earliest or OffsetPlace.EarliestLocal =>
                NoOffset with { Offset = LogStartOffset, LeaderEpoch = EpochAt(LogStartOffset) },
            OffsetPlace.Latest => NoOffset with { Offset = bound, LeaderEpoch = LeaderEpoch },
            OffsetPlace.LatestTiered => NoOffset,
            OffsetPlace.MaxTimestamp => Found(_log.OffsetOfMaxTimestamp(), long.MinValue, bound),
            OffsetPlace.AtOrAfterTimestamp => Found(
                _log.OffsetForTimestamp(lookup.TimestampMs), lookup.TimestampMs, bound),
            _ => NoOffset with { Error = BrokerError.InvalidRequest },
        };
    }

    internal EpochEndResult EpochEnd(int currentLeaderEpoch, int epoch)
    {
        BrokerError error = StateError;
        if (error == BrokerError.None)
            error = FetchBounds.CheckEpoch(currentLeaderEpoch, LeaderEpoch);
        if (error != BrokerError.None)
            return new(error, -1, -1);
        if (epoch < 0 || epoch > LeaderEpoch)
            return new(BrokerError.None, -1, -1);

        (int found, long endOffset) = _log.EndOffsetForEpoch(epoch);
        return new(BrokerError.None, found, endOffset);
    }

    /// <summary>Moves the log start up; durable before it returns.</summary>
    internal DeleteRecordsResult DeleteRecords(long offset)
    {
        lock (_writer)
        {
            if (StateError != BrokerError.None)
                return new(StateError, -1);
            if (!_settings.Log.IsDeletionEnabled)
                return new(BrokerError.PolicyViolation, -1);

            long target = offset == -1 ? HighWatermark : offset;
            if (target < 0 || target > HighWatermark)
                return new(BrokerError.OffsetOutOfRange, -1);
            if (target > LogStartOffset && !_log.DeleteRecordsBefore(target))
                return new(BrokerError.StorageFailed, -1);
        }

        // Readers below the new start have nothing to wait for.
        Watches.Look();
        return new(BrokerError.None, LogStartOffset);
    }

    private OffsetLookupResult Found(OffsetForTime? place, long timestampMs, long bound)
    {
        if (place is not { } found || found.Offset >= bound)
            return NoOffset;
        if (found.IsExact)
            return new(BrokerError.None, found.Offset, found.TimestampMs, found.LeaderEpoch);

        OffsetForTime exact = LookInside(
            found, timestampMs == long.MinValue ? found.TimestampMs : timestampMs);
        return exact.Offset >= bound
            ? NoOffset
            : new(BrokerError.None, exact.Offset, exact.TimestampMs, exact.LeaderEpoch);
    }

    // A compressed batch: its first record at or after the time. What cannot be looked into gives
    // the batch's first offset, from which a reader gets the record as well.
    private OffsetForTime LookInside(in OffsetForTime place, long timestampMs)
    {
        LogReadResult read = Read(place.Offset, maxBytes: 1, LogEndOffset, atLeastOneBatch: true);
        using LogSlice slice = read.Slice;
        if (read.Status != LogReadStatus.Ok || slice.LengthBytes < BatchFormat.HeaderSizeBytes)
            return place;

        byte[] bytes = new byte[slice.LengthBytes];
        using var records = new PooledWriter();
        if (slice.Read(bytes, 0, out int bytesRead) != IoError.None || bytesRead < bytes.Length)
            return place;

        var batch = new BatchHeader(bytes);
        ProduceError error = BatchRewriter.Decompress(
            batch, _settings, _services.Codecs, records);
        if (error.Error != BrokerError.None)
            return place;

        var reader = new RecordReader(batch, records.Written);
        while (reader.TryRead(out RecordView record))
        {
            if (record.TimestampMs >= timestampMs)
                return new(record.Offset, record.TimestampMs, place.LeaderEpoch, IsExact: true);
        }

        return place;
    }

    private int EpochAt(long offset)
    {
        if (offset >= LogEndOffset)
            return LeaderEpoch;

        LogReadResult read = Read(offset, maxBytes: 1, LogEndOffset, atLeastOneBatch: true);
        using LogSlice slice = read.Slice;
        Span<byte> header = stackalloc byte[BatchFormat.HeaderSizeBytes];
        bool isRead = read.Status == LogReadStatus.Ok
            && slice.Read(header, 0, out int bytesRead) == IoError.None
            && bytesRead == header.Length;
        return isRead ? new BatchHeader(header).LeaderEpoch : -1;
    }
}
