namespace Teralog.Storage;

/// <summary>
/// One log directory (an entry of log.dirs): its lock, checkpoints, clean-shutdown marker and
/// partition folders. The first sync or device error makes it failed for good: nothing is
/// appended to any of its logs again until the process is started anew.
/// </summary>
public sealed class LogDirectory : IDisposable
{
    /// <summary>Opens a log directory, making it where missing, and takes its lock.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="fileSystem">The disk.</param>
    /// <param name="clock">The clock.</param>
    /// <exception cref="StorageException">The folder cannot be used, or is in use.</exception>
    public static LogDirectory Open(string path, IFileSystem fileSystem, TimeProvider clock) =>
        throw new NotImplementedException();

    /// <summary>The folder.</summary>
    public string Path { get; } = "";

    /// <summary>Whether the last owner left the clean-shutdown marker.</summary>
    public bool WasClosedCleanly { get; }

    /// <summary>Whether an error has made the directory unusable.</summary>
    public bool HasFailed => FailureReason is not null;

    /// <summary>The error, as a sentence; null while there is none.</summary>
    public string? FailureReason { get; }

    /// <summary>Completes once, with the reason, when the directory fails.</summary>
    public Task<string> Failure => throw new NotImplementedException();

    /// <summary>The partition folders that are there, "topic-0".</summary>
    public IReadOnlyList<string> PartitionFolders() => throw new NotImplementedException();

    /// <summary>The topic id of a partition folder (partition.metadata); null if none.</summary>
    public Guid? ReadTopicId(string folderName) => throw new NotImplementedException();

    /// <summary>Makes a partition folder with its metadata, durably, and an empty log.</summary>
    public Log CreateLog(string folderName, Guid topicId, LogConfig config) =>
        throw new NotImplementedException();

    /// <summary>Opens the log of a folder with what the checkpoints say of it.</summary>
    public Log OpenLog(string folderName, LogConfig config) =>
        throw new NotImplementedException();

    /// <summary>Writes recovery points and log starts of all logs; false where it failed.</summary>
    public bool WriteCheckpoints() => throw new NotImplementedException();

    /// <summary>The entries of meta.properties; null if there is no such file.</summary>
    public IReadOnlyDictionary<string, string>? ReadMetaProperties() =>
        throw new NotImplementedException();

    /// <summary>Writes meta.properties durably.</summary>
    public void WriteMetaProperties(IReadOnlyDictionary<string, string> entries) =>
        throw new NotImplementedException();

    /// <summary>
    /// Closes all logs. Cleanly means: synced, checkpointed, and the marker written last.
    /// </summary>
    /// <returns>Whether the marker is there.</returns>
    public bool Close(bool isClean) => throw new NotImplementedException();

    /// <summary>Closes without syncing.</summary>
    public void Dispose() => Close(isClean: false);
}
