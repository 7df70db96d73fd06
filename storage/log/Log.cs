using System.Diagnostics.CodeAnalysis;

namespace Teralog.Storage;

/// <summary>
/// One partition's log in Kafka's on-disk format: appends batches once, finds where they are, keeps
/// what retention says, and comes back after a kill.
/// </summary>
/// <remarks>
/// Threads: one writer at a time, which the caller guarantees (the broker holds the partition's
/// lock), for Append, AssignEpoch, UpdateConfig, DeleteRecordsBefore, EnforceRetention, TruncateTo,
/// CheckProducer, Close and Delete. Any thread may call Read, OffsetForTimestamp, Sync and the
/// properties while the writer works: they see the log as it was published by the last finished
/// append, never bytes above its end. Durable is what a successful <see cref="Sync"/> covered.
/// Lock order: the caller's partition lock, the sync lock of this log, the directory's checkpoint
/// lock, a segment file's lock.
/// </remarks>
public sealed partial class Log : IDisposable
{
    private readonly LogDirectory _directory;
    private readonly IFileSystem _fileSystem;
    private readonly string _path;
    private readonly PublishedLog _published = new();
    private readonly Lock _syncLock = new();

    // Owned by the writer; readers go by what is published.
    private LogConfig _config;
    private Segment _active;
    private ProducerTable _producers;
    private long _endOffset;
    private bool _isClosed;

    private EpochHistory _epochs;
    private long _firstOpenOffset = long.MaxValue;
    private long _recoveryPoint;
    private long _startToPersist;
    private int _isFolderDirty;

    private Log(LogDirectory directory, string folderName, LogConfig config, LoadedLog loaded)
    {
        _directory = directory;
        _fileSystem = directory.FileSystem;
        _path = directory.PathOf(folderName);
        FolderName = folderName;
        _config = config;
        Adopt(loaded);
        directory.Register(this);
    }

    /// <summary>Opens the log of a partition folder, recovering it where needed.</summary>
    /// <param name="directory">The log directory that the folder is in.</param>
    /// <param name="folderName">The folder, "topic-0".</param>
    /// <param name="config">The topic's settings.</param>
    /// <param name="options">What the checkpoints say.</param>
    /// <exception cref="LogOpenException">Damage below the recovery point.</exception>
    /// <exception cref="StorageException">The file system failed.</exception>
    public static Log Open(
        LogDirectory directory, string folderName, LogConfig config, in LogOpenOptions options)
    {
        var loader = new LogLoader(directory, folderName, config, options);
        return new Log(directory, folderName, config, loader.Load());
    }

    /// <summary>The folder's name, "topic-0".</summary>
    public string FolderName { get; }

    /// <summary>The settings in force.</summary>
    public LogConfig Config => _config;

    /// <summary>What opening found and did.</summary>
    public LogRecoveryReport Recovery { get; private set; }

    /// <summary>The first offset that may be read.</summary>
    public long LogStartOffset => _published.Read().StartOffset;

    /// <summary>The offset that the next record gets.</summary>
    public long LogEndOffset => _published.Read().EndOffset;

    /// <summary>All below is durable.</summary>
    public long RecoveryPoint => Volatile.Read(ref _recoveryPoint);

    /// <summary>Bytes of all segments.</summary>
    public long SizeBytes
    {
        get
        {
            LogView view = _published.Read();
            long sum = view.ActiveSizeBytes;
            foreach (Segment segment in view.Segments.AsSpan(0, view.Segments.Length - 1))
                sum += segment.SizeBytes;

            return sum;
        }
    }

    /// <summary>Number of segments.</summary>
    public int SegmentCount => _published.Read().Segments.Length;

    /// <summary>The end, or the first offset of the earliest open transaction below it.</summary>
    public long LastStableOffset =>
        Math.Min(Volatile.Read(ref _firstOpenOffset), LogEndOffset);

    /// <summary>The latest leader epoch known, or -1.</summary>
    public int LatestEpoch => Volatile.Read(ref _epochs).LatestEpoch;

    /// <summary>Whether nothing can be appended any more until the log is opened anew.</summary>
    public bool HasFailed => _directory.HasFailed || Volatile.Read(ref _isClosed);

    /// <summary>
    /// The start that a checkpoint has to name, which may be about to be published.
    /// </summary>
    internal long LogStartForCheckpoint =>
        Math.Max(Volatile.Read(ref _startToPersist), LogStartOffset);

    internal ProducerTable Producers => _producers;

    /// <summary>Puts new settings in force from the next append on.</summary>
    public void UpdateConfig(LogConfig config) => Volatile.Write(ref _config, config);

    /// <summary>
    /// Says whether an idempotent batch is next in its producer's sequence. To be asked under
    /// the same lock as the append that follows; the append updates what is known.
    /// </summary>
    public ProducerCheck CheckProducer(in Records.BatchHeader batch) => _producers.Check(batch);

    /// <summary>
    /// Where an epoch ends (KIP-101, KIP-279), as Kafka answers: of the largest epoch at or below
    /// the one asked; epoch -1 and offset -1 for one above the latest.
    /// </summary>
    public (int Epoch, long EndOffset) EndOffsetForEpoch(int epoch) =>
        Volatile.Read(ref _epochs).EndOffsetFor(epoch, LogEndOffset);

    /// <summary>Closes without trimming or syncing.</summary>
    public void Dispose() => Close(isClean: false);

    [MemberNotNull(nameof(_active), nameof(_producers), nameof(_epochs))]
    private void Adopt(LoadedLog loaded)
    {
        _active = loaded.Segments[^1];
        _producers = loaded.Producers;
        _endOffset = loaded.EndOffset;
        _epochs = loaded.Epochs;
        Volatile.Write(ref _recoveryPoint, loaded.RecoveryPoint);
        Volatile.Write(ref _isFolderDirty, 1);
        Recovery = loaded.Report;
        NoteOpenTransactions();
        _published.Publish(new LogView(
            loaded.Segments, _active.SizeBytes, loaded.StartOffset, loaded.EndOffset));
    }

    private void NoteOpenTransactions() => Volatile.Write(
        ref _firstOpenOffset, _producers.FirstOpenOffset ?? long.MaxValue);

    private void Publish(Segment[] segments, long startOffset) => _published.Publish(
        new LogView(segments, _active.SizeBytes, startOffset, _endOffset));

    /// <summary>
    /// Runs file work of the writer; an error that is no lack of room is for good.
    /// </summary>
    private IoError Try(string what, Action work)
    {
        try
        {
            work();
            return IoError.None;
        }
        catch (StorageException exception)
        {
            if (!IsTransient(exception.Error))
                _directory.Fail($"{FolderName}: {what}: {exception.Message}");
            return exception.Error;
        }
    }

    private static bool IsTransient(IoError error) =>
        error is IoError.NoSpace or IoError.TooManyOpenFiles;
}
