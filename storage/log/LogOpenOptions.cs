namespace Teralog.Storage;

/// <summary>What is known of a log before it is opened, from its directory's checkpoints.</summary>
public readonly record struct LogOpenOptions()
{
    /// <summary>Whether the last owner closed it cleanly: nothing needs to be scanned.</summary>
    public bool WasClosedCleanly { get; init; }

    /// <summary>Everything below is on the disk; damage there is reported, never cut.</summary>
    public long RecoveryPoint { get; init; }

    /// <summary>Records below were deleted.</summary>
    public long LogStartOffset { get; init; }
}
