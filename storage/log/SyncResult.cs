namespace Teralog.Storage;

/// <summary>The result of a sync.</summary>
/// <param name="IsDurable">
/// Whether all that was appended is on the disk. If not, and the log directory has failed, what
/// was appended since the last success is unknown for good; else the sync may be called again.
/// </param>
/// <param name="DurableOffset">Offset after the last durable record.</param>
public readonly record struct SyncResult(bool IsDurable, long DurableOffset);
