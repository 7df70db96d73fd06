namespace Teralog.Abstractions;

/// <summary>Which records a reader sees.</summary>
public enum Isolation
{
    /// <summary>All below the high watermark.</summary>
    ReadUncommitted = 0,
    /// <summary>All below the last stable offset, with a list of aborted transactions.</summary>
    ReadCommitted = 1,
}
