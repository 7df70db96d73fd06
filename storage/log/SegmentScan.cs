namespace Teralog.Storage;

/// <summary>What a scan of one segment found.</summary>
/// <param name="ValidBytes">Where the valid batches end.</param>
/// <param name="NextOffset">The offset after them.</param>
/// <param name="FirstTimestampMs">Max timestamp of the first batch, or -1.</param>
/// <param name="Indexes">Indexes of the valid batches.</param>
/// <param name="FileBytes">Length of the file.</param>
/// <param name="IsShort">Batches between its end and the next segment are missing.</param>
/// <param name="IsComplete">Its batches reach to the next segment.</param>
internal sealed record SegmentScan(
    long ValidBytes,
    long NextOffset,
    long FirstTimestampMs,
    SegmentIndexes Indexes,
    long FileBytes,
    bool IsShort = false,
    bool IsComplete = false)
{
    internal bool IsTorn => IsShort || (HasGarbage && !IsComplete);

    internal bool HasGarbage => ValidBytes < FileBytes;
}
