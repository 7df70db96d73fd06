using Teralog.Records;

namespace Teralog.Storage;

/// <summary>
/// Both indexes of one segment and the rule that fills them, the same for an append and for a
/// scan: an entry when more than index.interval.bytes were written since the last one.
/// </summary>
internal sealed class SegmentIndexes
{
    private long _bytesSinceEntry;

    internal SegmentIndexes(long baseOffset)
        : this(new OffsetIndex(baseOffset), new TimeIndex(baseOffset))
    {
    }

    internal SegmentIndexes(OffsetIndex offsets, TimeIndex times)
    {
        Offsets = offsets;
        Times = times;
        MaxTimestampMs = times.LastTimestampMs;
        OffsetOfMaxTimestamp = times.LastOffset;
    }

    internal OffsetIndex Offsets { get; }

    internal TimeIndex Times { get; }

    internal long MaxTimestampMs { get; private set; }

    /// <summary>Last offset of the batch that has the max timestamp.</summary>
    internal long OffsetOfMaxTimestamp { get; private set; }

    /// <summary>Notes a batch that stands at a position of the segment.</summary>
    internal void Note(in BatchHeader batch, long position, int intervalBytes)
    {
        if (batch.MaxTimestampMs > MaxTimestampMs)
        {
            MaxTimestampMs = batch.MaxTimestampMs;
            OffsetOfMaxTimestamp = batch.LastOffset;
        }

        if (_bytesSinceEntry > intervalBytes)
        {
            Offsets.Add(batch.LastOffset, position);
            Times.MaybeAdd(MaxTimestampMs, OffsetOfMaxTimestamp);
            _bytesSinceEntry = 0;
        }

        _bytesSinceEntry += batch.SizeBytes;
    }

    /// <summary>Ends the time index with the max timestamp, as a sealed segment has it.</summary>
    internal void Complete() => Times.MaybeAdd(MaxTimestampMs, OffsetOfMaxTimestamp);
}
