using Teralog.Records;

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
/// </remarks>
public sealed partial class Log : IDisposable
{
    private Log(string folderName, LogConfig config)
    {
        FolderName = folderName;
        Config = config;
    }

    /// <summary>Opens the log of a partition folder, recovering it where needed.</summary>
    /// <param name="directory">The log directory that the folder is in.</param>
    /// <param name="folderName">The folder, "topic-0".</param>
    /// <param name="config">The topic's settings.</param>
    /// <param name="options">What the checkpoints say.</param>
    /// <exception cref="LogOpenException">Damage below the recovery point.</exception>
    /// <exception cref="StorageException">The file system failed.</exception>
    public static Log Open(
        LogDirectory directory, string folderName, LogConfig config, in LogOpenOptions options) =>
        new(folderName, config);

    /// <summary>The folder's name, "topic-0".</summary>
    public string FolderName { get; }

    /// <summary>The settings in force.</summary>
    public LogConfig Config { get; private set; }

    /// <summary>What opening found and did.</summary>
    public LogRecoveryReport Recovery { get; }

    /// <summary>The first offset that may be read.</summary>
    public long LogStartOffset => throw new NotImplementedException();

    /// <summary>The offset that the next record gets.</summary>
    public long LogEndOffset => throw new NotImplementedException();

    /// <summary>All below is durable.</summary>
    public long RecoveryPoint => throw new NotImplementedException();

    /// <summary>Bytes of all segments.</summary>
    public long SizeBytes => throw new NotImplementedException();

    /// <summary>The end, or the first offset of the earliest open transaction below it.</summary>
    public long LastStableOffset => throw new NotImplementedException();

    /// <summary>The latest leader epoch known, or -1.</summary>
    public int LatestEpoch => throw new NotImplementedException();

    /// <summary>Whether a failure has closed the log until it is opened anew.</summary>
    public bool HasFailed => throw new NotImplementedException();

    /// <summary>
    /// Appends whole batches of magic 2 that were validated: stamps base offset, leader epoch
    /// and, where the topic says so, the append time in place, writes once, and publishes.
    /// </summary>
    /// <param name="batches">One or more batches; changed in place.</param>
    /// <param name="options">Origin, epoch, and what validation found.</param>
    public LogAppendResult Append(Span<byte> batches, in LogAppendOptions options) =>
        throw new NotImplementedException();

    /// <summary>
    /// Says whether an idempotent batch is next in its producer's sequence. To be asked under
    /// the same lock as the append that follows; the append updates what is known.
    /// </summary>
    public ProducerCheck CheckProducer(in BatchHeader batch) =>
        throw new NotImplementedException();

    /// <summary>Finds the bytes from the batch that holds an offset on, unread.</summary>
    /// <param name="offset">Where to begin; the whole batch that holds it comes first.</param>
    /// <param name="maxBytes">At most so many bytes; the last batch may be cut.</param>
    /// <param name="upperBoundExclusive">No batch that starts at or above this offset.</param>
    /// <param name="atLeastOneBatch">Whether a first batch above maxBytes comes whole.</param>
    public LogReadResult Read(
        long offset, int maxBytes, long upperBoundExclusive, bool atLeastOneBatch) =>
        throw new NotImplementedException();

    /// <summary>The first record with that time or a later one; null where there is none.</summary>
    public OffsetForTime? OffsetForTimestamp(long timestampMs) =>
        throw new NotImplementedException();

    /// <summary>The first record that has the largest time; null in an empty log.</summary>
    public OffsetForTime? OffsetOfMaxTimestamp() => throw new NotImplementedException();

    /// <summary>
    /// The largest epoch at or below the one asked and where it ends (KIP-101, KIP-279); epoch
    /// -1 and offset -1 where there is none.
    /// </summary>
    public (int Epoch, long EndOffset) EndOffsetForEpoch(int epoch) =>
        throw new NotImplementedException();

    /// <summary>Notes durably that an epoch begins at an offset; older ones are ignored.</summary>
    public bool AssignEpoch(int epoch, long startOffset) => throw new NotImplementedException();

    /// <summary>Makes everything that is appended so far durable.</summary>
    public SyncResult Sync() => throw new NotImplementedException();

    /// <summary>
    /// Moves the log's start up, durably before it returns, and deletes whole segments below.
    /// False where the directory failed; a start above the end is the caller's bug.
    /// </summary>
    public bool DeleteRecordsBefore(long offset) => throw new NotImplementedException();

    /// <summary>Deletes segments that time, size or the log's start let go.</summary>
    /// <param name="nowMs">The clock.</param>
    /// <param name="deletableBelow">Never a segment with an offset at or above this one.</param>
    /// <returns>The number of segments deleted.</returns>
    public int EnforceRetention(long nowMs, long deletableBelow = long.MaxValue) =>
        throw new NotImplementedException();

    /// <summary>Cuts the log's end down to an offset (followers); false where it failed.</summary>
    public bool TruncateTo(long offset) => throw new NotImplementedException();

    /// <summary>Puts new settings in force from the next append on.</summary>
    public void UpdateConfig(LogConfig config) => Config = config;

    /// <summary>Closes the log; cleanly means trimmed, synced, with a producer snapshot.</summary>
    /// <returns>Whether it is closed cleanly.</returns>
    public bool Close(bool isClean) => throw new NotImplementedException();

    /// <summary>Closes the log and deletes its folder, by way of "topic-0.uuid-delete".</summary>
    public void Delete() => throw new NotImplementedException();

    /// <summary>Closes without trimming or syncing.</summary>
    public void Dispose() => Close(isClean: false);
}
