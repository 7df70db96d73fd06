namespace Teralog.Storage;

/// <summary>The answer to "which offset had this time".</summary>
/// <param name="Offset">
/// Offset of the record; where not exact, the base offset of the compressed batch that holds it,
/// which the caller decompresses to find the first record with that time.
/// </param>
/// <param name="TimestampMs">The record's time; where not exact, the batch's max timestamp.</param>
/// <param name="LeaderEpoch">The leader epoch stamped in the batch, or -1.</param>
/// <param name="IsExact">Whether the record itself was found.</param>
public readonly record struct OffsetForTime(
    long Offset, long TimestampMs, int LeaderEpoch, bool IsExact);
