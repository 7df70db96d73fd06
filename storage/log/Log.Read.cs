using System.Runtime.CompilerServices;
using Teralog.Records;

namespace Teralog.Storage;

/// <summary>Reads: any thread, without a lock, on one published view.</summary>
public sealed partial class Log
{
    /// <summary>Finds the bytes from the batch that holds an offset on, unread.</summary>
    /// <param name="offset">Where to begin; the whole batch that holds it comes first.</param>
    /// <param name="maxBytes">At most so many bytes; the last batch may be cut.</param>
    /// <param name="upperBoundExclusive">No batch that ends at or above this offset.</param>
    /// <param name="atLeastOneBatch">Whether a first batch above maxBytes comes whole.</param>
    public LogReadResult Read(
        long offset, int maxBytes, long upperBoundExclusive, bool atLeastOneBatch)
    {
        LogView view = _published.Read();
        if (offset < view.StartOffset || offset > view.EndOffset)
            return Result(LogReadStatus.OffsetOutOfRange, default, view);

        long bound = Math.Min(upperBoundExclusive, view.EndOffset);
        for (int index = view.IndexOf(offset); offset < bound; index++)
        {
            // Compaction may leave nothing at or above the offset in its own segment.
            if (index == view.Segments.Length || view.Segments[index].BaseOffset >= bound)
                break;

            SliceOutcome outcome = TrySlice(
                view, index, offset, maxBytes, bound, atLeastOneBatch, out LogSlice slice);
            if (outcome != SliceOutcome.NextSegment)
            {
                LogReadStatus status = outcome == SliceOutcome.Found
                    ? LogReadStatus.Ok
                    : LogReadStatus.Failed;
                return Result(status, slice, view);
            }
        }

        return Result(LogReadStatus.Ok, default, view);
    }

    private static LogReadResult Result(LogReadStatus status, LogSlice slice, in LogView view) =>
        new(status, slice, view.StartOffset, view.EndOffset);

    private SliceOutcome TrySlice(
        in LogView view, int index, long offset, int maxBytes, long bound,
        bool atLeastOneBatch, out LogSlice slice)
    {
        slice = default;
        Segment segment = view.Segments[index];
        IoError error = segment.File.Acquire();
        if (error != IoError.None)
            return SliceOutcome.Failed;

        BatchPlace start = Locate(view, index, offset);
        BatchPlace end = new(PlaceStatus.None, view.SizeBytesOf(index), 0);
        if (start.Status == PlaceStatus.Found && bound < view.EndOffsetOf(index))
            end = Locate(view, index, bound);
        if (start.Status != PlaceStatus.Found || end.Status == PlaceStatus.Damaged)
        {
            segment.File.Dispose();
            return start.Status == PlaceStatus.None
                ? SliceOutcome.NextSegment
                : SliceOutcome.Failed;
        }

        long length = Math.Min(maxBytes, end.Position - start.Position);
        if (length < start.SizeBytes)
            length = atLeastOneBatch && start.Position < end.Position ? start.SizeBytes : 0;
        if (length <= 0)
            segment.File.Dispose();
        else
            slice = new LogSlice(segment.File, start.Position, (int)length);

        return SliceOutcome.Found;
    }

    /// <summary>The first batch of a segment whose last offset is not below the target.</summary>
    private BatchPlace Locate(in LogView view, int index, long target)
    {
        Segment segment = view.Segments[index];
        long endOffset = view.EndOffsetOf(index);
        long sizeBytes = view.SizeBytesOf(index);
        SegmentIndexes indexes = segment.Indexes(endOffset, _config.IndexIntervalBytes);
        BatchPlace place = LocateFrom(indexes, segment, sizeBytes, target);
        if (place.Status != PlaceStatus.Damaged || segment.Active is not null)
            return place;

        // An index that does not point at batches is wrong; the log itself tells the truth.
        indexes = segment.RebuildIndexes(_config.IndexIntervalBytes);
        return LocateFrom(indexes, segment, sizeBytes, target);
    }

    [SkipLocalsInit]
    private static BatchPlace LocateFrom(
        SegmentIndexes indexes, Segment segment, long sizeBytes, long target)
    {
        bool isIndexed = indexes.Offsets.TryFloor(target, out long entryOffset, out long position);
        Span<byte> buffer = stackalloc byte[Limits.HeaderReadSizeBytes];
        int filled = 0;
        int at = 0;
        while (position < sizeBytes)
        {
            if (filled - at < BatchFormat.HeaderSizeBytes)
            {
                int wanted = (int)Math.Min(buffer.Length, sizeBytes - position);
                IoError error = segment.File.Read(buffer[..wanted], position, out filled);
                at = 0;
                if (error != IoError.None || filled < BatchFormat.HeaderSizeBytes)
                    return new BatchPlace(PlaceStatus.Damaged, position, 0);
            }

            var batch = new BatchHeader(buffer[at..filled]);
            if (batch.Length < BatchFormat.LengthFieldMin || batch.Magic != BatchFormat.Magic
                || batch.SizeBytes > sizeBytes - position
                || (isIndexed && batch.LastOffset != entryOffset))
                return new BatchPlace(PlaceStatus.Damaged, position, 0);
            if (batch.LastOffset >= target)
                return new BatchPlace(PlaceStatus.Found, position, (int)batch.SizeBytes);

            isIndexed = false;
            position += batch.SizeBytes;
            at = (int)Math.Min(at + batch.SizeBytes, filled);
        }

        return new BatchPlace(PlaceStatus.None, sizeBytes, 0);
    }
}
