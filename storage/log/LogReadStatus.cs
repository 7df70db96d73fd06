namespace Teralog.Storage;

/// <summary>What became of a read.</summary>
public enum LogReadStatus
{
    /// <summary>A slice, which may be empty.</summary>
    Ok = 0,

    /// <summary>The offset is below the log's start or above its end.</summary>
    OffsetOutOfRange,

    /// <summary>The bytes cannot be read, or are damaged.</summary>
    Failed,
}
