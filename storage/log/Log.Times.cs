using Teralog.Records;

namespace Teralog.Storage;

/// <summary>Offsets by time.</summary>
public sealed partial class Log
{
    /// <summary>The first record with that time or a later one; null where there is none.</summary>
    public OffsetForTime? OffsetForTimestamp(long timestampMs)
    {
        LogView view = _published.Read();
        for (int index = 0; index < view.Segments.Length; index++)
        {
            bool isInside = view.EndOffsetOf(index) > view.StartOffset
                && MaxTimestampMs(view, index) >= timestampMs;
            if (isInside && FindTime(view, index, timestampMs) is { } found)
                return found;
        }

        return null;
    }

    /// <summary>The first record that has the largest time; null where there is none.</summary>
    public OffsetForTime? OffsetOfMaxTimestamp()
    {
        LogView view = _published.Read();
        long maxMs = BatchFormat.NoTimestamp;
        for (int index = 0; index < view.Segments.Length; index++)
            maxMs = Math.Max(maxMs, MaxTimestampMs(view, index));

        return maxMs == BatchFormat.NoTimestamp ? null : OffsetForTimestamp(maxMs);
    }

    private long MaxTimestampMs(in LogView view, int index) =>
        view.Segments[index].MaxTimestampMs(view.EndOffsetOf(index), _config.IndexIntervalBytes);

    private OffsetForTime? FindTime(in LogView view, int index, long timestampMs)
    {
        Segment segment = view.Segments[index];
        if (segment.File.Acquire() != IoError.None)
            return null;

        using (segment.File)
        {
            SegmentIndexes indexes = segment.Indexes(
                view.EndOffsetOf(index), _config.IndexIntervalBytes);
            long from = Math.Max(indexes.Times.OffsetBefore(timestampMs), view.StartOffset);
            BatchPlace place = Locate(view, index, from);
            using var scanner = new BatchScanner(segment.File.File, place.Position,
                view.SizeBytesOf(index), segment.BaseOffset, isCrcChecked: false,
                Limits.TimeScanReadSizeBytes);
            while (scanner.MoveNext())
            {
                if (scanner.Current.MaxTimestampMs >= timestampMs
                    && FindTime(scanner.Current, view.StartOffset, timestampMs) is { } found)
                    return found;
            }
        }

        return null;
    }

    private static OffsetForTime? FindTime(
        in BatchHeader batch, long startOffset, long timestampMs)
    {
        if (batch.LastOffset < startOffset || batch.Count == 0)
            return null;
        if (batch.TimestampType == TimestampType.LogAppendTime)
        {
            return new OffsetForTime(Math.Max(batch.BaseOffset, startOffset),
                batch.MaxTimestampMs, batch.LeaderEpoch, IsExact: true);
        }

        if (batch.Compression != CompressionType.None)
        {
            return new OffsetForTime(
                batch.BaseOffset, batch.MaxTimestampMs, batch.LeaderEpoch, IsExact: false);
        }

        var reader = new RecordReader(batch);
        while (reader.TryRead(out RecordView record))
        {
            if (record.TimestampMs >= timestampMs && record.Offset >= startOffset)
            {
                return new OffsetForTime(
                    record.Offset, record.TimestampMs, batch.LeaderEpoch, IsExact: true);
            }
        }

        return null;
    }
}
