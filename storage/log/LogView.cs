namespace Teralog.Storage;

/// <summary>A log as it was at one moment: what readers work on.</summary>
/// <param name="Segments">All segments, oldest first; the array never changes.</param>
/// <param name="ActiveSizeBytes">Valid bytes of the last segment.</param>
/// <param name="StartOffset">The first offset that may be read.</param>
/// <param name="EndOffset">The offset after the last record.</param>
internal readonly record struct LogView(
    Segment[] Segments, long ActiveSizeBytes, long StartOffset, long EndOffset)
{
    internal long EndOffsetOf(int index) =>
        index == Segments.Length - 1 ? EndOffset : Segments[index + 1].BaseOffset;

    internal long SizeBytesOf(int index) =>
        index == Segments.Length - 1 ? ActiveSizeBytes : Segments[index].SizeBytes;

    /// <summary>The segment that an offset falls into: the last whose base is not above.</summary>
    internal int IndexOf(long offset)
    {
        int low = 0;
        int high = Segments.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (Segments[middle].BaseOffset <= offset)
                low = middle + 1;
            else
                high = middle;
        }

        return Math.Max(low - 1, 0);
    }
}
