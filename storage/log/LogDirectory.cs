using System.Collections.Concurrent;
using System.Globalization;

namespace Teralog.Storage;

/// <summary>
/// One log directory (an entry of log.dirs): its lock, checkpoints, clean-shutdown marker and
/// partition folders. The first sync or device error makes it failed for good: nothing is
/// appended to any of its logs again until the process is started anew.
/// </summary>
/// <remarks>Any thread may call any member; opening one folder twice is the caller's bug.</remarks>
public sealed class LogDirectory : IDisposable
{
    private const string LockFile = ".lock";
    private const string CleanShutdownFile = ".kafka_cleanshutdown";
    private const string MetaPropertiesFile = "meta.properties";
    private const string RecoveryPointFile = "recovery-point-offset-checkpoint";
    private const string LogStartFile = "log-start-offset-checkpoint";

    private readonly TimeProvider _clock;
    private readonly IDisposable _directoryLock;
    private readonly Lock _checkpointLock = new();
    private readonly ConcurrentDictionary<string, Log> _logs = new(StringComparer.Ordinal);
    private readonly HashSet<string> _opened = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _recoveryPoints;
    private readonly Dictionary<string, long> _logStarts;
    private readonly TaskCompletionSource<string> _failure =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private string? _failureReason;
    private bool _isMarkerGone;
    private bool _isClosed;

    private LogDirectory(
        string path, IFileSystem fileSystem, TimeProvider clock, IDisposable directoryLock)
    {
        Path = path;
        FileSystem = fileSystem;
        _clock = clock;
        _directoryLock = directoryLock;
        WasClosedCleanly = fileSystem.FileExists(PathOf(CleanShutdownFile));
        _recoveryPoints = ReadCheckpoint(RecoveryPointFile);
        _logStarts = ReadCheckpoint(LogStartFile);
    }

    /// <summary>Opens a log directory, making it where missing, and takes its lock.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="fileSystem">The disk.</param>
    /// <param name="clock">The clock.</param>
    /// <exception cref="StorageException">The folder cannot be used, or is in use.</exception>
    public static LogDirectory Open(string path, IFileSystem fileSystem, TimeProvider clock)
    {
        fileSystem.CreateDirectory(path);
        IDisposable directoryLock = fileSystem.Lock(System.IO.Path.Combine(path, LockFile));
        try
        {
            return new LogDirectory(path, fileSystem, clock, directoryLock);
        }
        catch
        {
            directoryLock.Dispose();
            throw;
        }
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Whether the last owner left the clean-shutdown marker.</summary>
    public bool WasClosedCleanly { get; }

    /// <summary>Whether an error has made the directory unusable.</summary>
    public bool HasFailed => FailureReason is not null;

    /// <summary>The error, as a sentence; null while there is none.</summary>
    public string? FailureReason => Volatile.Read(ref _failureReason);

    /// <summary>Completes once, with the reason, when the directory fails.</summary>
    public Task<string> Failure => _failure.Task;

    internal IFileSystem FileSystem { get; }

    internal HandleCache Handles { get; } = new(Limits.IdleHandlesMax);

    internal long NowMs => _clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>The partition folders that are there, "topic-0".</summary>
    public IReadOnlyList<string> PartitionFolders() => [.. FileSystem.List(Path).Where(name =>
        PartitionFolder.Parse(name) is not null && FileSystem.DirectoryExists(PathOf(name)))];

    /// <summary>The topic id of a partition folder (partition.metadata); null if none.</summary>
    public Guid? ReadTopicId(string folderName)
    {
        byte[]? content = AtomicFile.TryRead(FileSystem,
            System.IO.Path.Combine(PathOf(folderName), PartitionMetadata.FileName));
        return content is null ? null : PartitionMetadata.TryParse(content);
    }

    /// <summary>Makes a partition folder with its metadata, durably, and an empty log.</summary>
    /// <exception cref="StorageException">The file system failed.</exception>
    public Log CreateLog(string folderName, Guid topicId, LogConfig config)
    {
        string folder = PathOf(folderName);
        FileSystem.CreateDirectory(folder);
        AtomicFile.Write(FileSystem,
            System.IO.Path.Combine(folder, PartitionMetadata.FileName),
            PartitionMetadata.Format(topicId));
        FileSystem.SyncDirectory(Path);
        lock (_checkpointLock)
        {
            _recoveryPoints.Remove(folderName);
            _logStarts.Remove(folderName);
        }

        return OpenLog(folderName, config);
    }

    /// <summary>Opens the log of a folder with what the checkpoints say of it.</summary>
    /// <exception cref="LogOpenException">Damage below the recovery point.</exception>
    /// <exception cref="StorageException">The file system failed.</exception>
    public Log OpenLog(string folderName, LogConfig config)
    {
        LogOpenOptions options;
        lock (_checkpointLock)
        {
            RemoveMarker();
            options = new LogOpenOptions
            {
                WasClosedCleanly = WasClosedCleanly && _opened.Add(folderName),
                RecoveryPoint = _recoveryPoints.GetValueOrDefault(folderName),
                LogStartOffset = _logStarts.GetValueOrDefault(folderName),
            };
        }

        return Log.Open(this, folderName, config, options);
    }

    /// <summary>Writes recovery points and log starts of all logs; false where it failed.</summary>
    public bool WriteCheckpoints()
    {
        lock (_checkpointLock)
        {
            foreach (Log log in _logs.Values)
                _recoveryPoints[log.FolderName] = log.RecoveryPoint;

            return WriteCheckpoint(RecoveryPointFile, _recoveryPoints) && WriteLogStarts();
        }
    }

    /// <summary>The entries of meta.properties; null if there is no such file.</summary>
    public IReadOnlyDictionary<string, string>? ReadMetaProperties()
    {
        byte[]? content = AtomicFile.TryRead(FileSystem, PathOf(MetaPropertiesFile));
        return content is null ? null : PropertiesText.Parse(content);
    }

    /// <summary>Writes meta.properties durably.</summary>
    /// <exception cref="StorageException">The file system failed.</exception>
    public void WriteMetaProperties(IReadOnlyDictionary<string, string> entries) =>
        AtomicFile.Write(FileSystem, PathOf(MetaPropertiesFile), PropertiesText.Format(entries));

    /// <summary>
    /// Deletes folders that a crash left on their way out; to be called at start.
    /// </summary>
    /// <returns>The number of folders deleted.</returns>
    /// <exception cref="StorageException">The file system failed.</exception>
    public int PurgeDeletedFolders()
    {
        int count = 0;
        foreach (string name in FileSystem.List(Path))
        {
            if (!name.EndsWith(PartitionFolder.DeletedSuffix, StringComparison.Ordinal)
                || !FileSystem.DirectoryExists(PathOf(name)))
                continue;

            FileSystem.DeleteDirectory(PathOf(name));
            count++;
        }

        return count;
    }

    /// <summary>
    /// Closes all logs. Cleanly means: synced, checkpointed, and the marker written last.
    /// </summary>
    /// <returns>Whether the marker is there.</returns>
    public bool Close(bool isClean)
    {
        if (_isClosed)
            return false;

        _isClosed = true;
        bool areAllClean = isClean && !HasFailed;
        Log[] logs = [.. _logs.Values];
        foreach (Log log in logs)
            areAllClean &= log.Close(isClean);

        areAllClean = areAllClean && WriteCheckpoints() && WriteMarker();
        Handles.CloseAll();
        _directoryLock.Dispose();
        return areAllClean;
    }

    /// <summary>Closes without syncing.</summary>
    public void Dispose() => Close(isClean: false);

    internal string PathOf(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Notes the first error; the directory takes nothing more.</summary>
    internal void Fail(string reason)
    {
        if (Interlocked.CompareExchange(ref _failureReason, reason, null) is null)
            _failure.SetResult(reason);
    }

    internal void Register(Log log) => _logs[log.FolderName] = log;

    internal bool WriteLogStarts()
    {
        lock (_checkpointLock)
        {
            foreach (Log log in _logs.Values)
                _logStarts[log.FolderName] = log.LogStartForCheckpoint;

            return WriteCheckpoint(LogStartFile, _logStarts);
        }
    }

    /// <summary>Keeps what a closed log had reached for the checkpoints to come.</summary>
    internal void Forget(Log log)
    {
        lock (_checkpointLock)
        {
            if (!_logs.TryRemove(new KeyValuePair<string, Log>(log.FolderName, log)))
                return;

            _recoveryPoints[log.FolderName] = log.RecoveryPoint;
            _logStarts[log.FolderName] = log.LogStartForCheckpoint;
        }
    }

    internal void DeleteFolder(string folderName)
    {
        string doomed = PathOf(string.Create(CultureInfo.InvariantCulture,
            $"{folderName}.{Guid.NewGuid():N}{PartitionFolder.DeletedSuffix}"));
        FileSystem.Rename(PathOf(folderName), doomed);
        FileSystem.SyncDirectory(Path);
        lock (_checkpointLock)
        {
            _recoveryPoints.Remove(folderName);
            _logStarts.Remove(folderName);
        }

        FileSystem.DeleteDirectory(doomed);
    }

    private Dictionary<string, long> ReadCheckpoint(string name)
    {
        byte[]? content = AtomicFile.TryRead(FileSystem, PathOf(name));
        return content is null
            ? new Dictionary<string, long>(StringComparer.Ordinal)
            : OffsetCheckpoint.TryParse(content) ?? throw new StorageException(
                $"{PathOf(name)} is damaged: without it, durable and torn cannot be told apart");
    }

    private bool WriteCheckpoint(string name, Dictionary<string, long> offsets)
    {
        try
        {
            AtomicFile.Write(FileSystem, PathOf(name), OffsetCheckpoint.Format(offsets));
            return true;
        }
        catch (StorageException exception)
        {
            if (exception.Error is IoError.Device)
                Fail(exception.Message);
            return false;
        }
    }

    // Before the first log is opened: from then on the folder is no longer as it was closed.
    private void RemoveMarker()
    {
        if (_isMarkerGone)
            return;

        FileSystem.Delete(PathOf(CleanShutdownFile));
        FileSystem.SyncDirectory(Path);
        _isMarkerGone = true;
    }

    private bool WriteMarker()
    {
        try
        {
            AtomicFile.Write(FileSystem, PathOf(CleanShutdownFile),
                "{\"version\":0,\"brokerEpoch\":-1}"u8);
            return true;
        }
        catch (StorageException)
        {
            return false;
        }
    }
}
