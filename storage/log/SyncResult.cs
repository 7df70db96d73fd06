namespace Teralog.Storage;

/// <summary>The result of a sync.</summary>
/// <param name="IsDurable">
/// Whether all below <paramref name="DurableOffset"/> is on the disk. If not, the log directory
/// has failed for good: what was appended since the last success is unknown.
/// </param>
/// <param name="DurableOffset">Offset after the last durable record.</param>
public readonly record struct SyncResult(bool IsDurable, long DurableOffset);
