namespace Teralog.Records;

/// <summary>What a walk over the records of a batch found.</summary>
/// <param name="IsWhole">All records are there, and nothing after them.</param>
/// <param name="HasAllKeys">No key is null.</param>
/// <param name="MinTimestampMs">The smallest timestamp but -1, or -1.</param>
/// <param name="MaxTimestampMs">The largest timestamp, or -1.</param>
internal readonly record struct RecordWalkResult(
    bool IsWhole, bool HasAllKeys, long MinTimestampMs, long MaxTimestampMs);
