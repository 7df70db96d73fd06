namespace Teralog.Storage;

/// <summary>The result of an append.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="FirstOffset">Offset of the first record, or -1.</param>
/// <param name="LastOffset">Offset of the last record, or -1.</param>
/// <param name="LogAppendTimeMs">The time stamped, or -1 where the topic keeps create time.</param>
/// <param name="HasRolled">Whether a new segment was begun; a good moment for a sync.</param>
public readonly record struct LogAppendResult(
    LogAppendStatus Status,
    long FirstOffset = -1,
    long LastOffset = -1,
    long LogAppendTimeMs = -1,
    bool HasRolled = false);
