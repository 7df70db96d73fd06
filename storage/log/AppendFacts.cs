namespace Teralog.Storage;

/// <summary>What the batches of one append say, after stamping.</summary>
/// <param name="FirstOffset">Offset of the first record.</param>
/// <param name="LastOffset">Offset of the last record.</param>
/// <param name="MaxTimestampMs">The largest timestamp, or -1.</param>
/// <param name="LogAppendTimeMs">The time stamped, or -1.</param>
internal readonly record struct AppendFacts(
    long FirstOffset, long LastOffset, long MaxTimestampMs, long LogAppendTimeMs);
