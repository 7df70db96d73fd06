namespace Teralog.Storage;

/// <summary>The result of a read: no bytes, only where they are.</summary>
/// <param name="Status">What became of it.</param>
/// <param name="Slice">Where the bytes are; to be disposed exactly once where Ok.</param>
/// <param name="LogStartOffset">The log's start at that moment.</param>
/// <param name="LogEndOffset">The log's end at that moment.</param>
public readonly record struct LogReadResult(
    LogReadStatus Status, LogSlice Slice, long LogStartOffset, long LogEndOffset);
