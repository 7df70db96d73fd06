using Teralog.Records;

namespace Teralog.Storage;

/// <summary>Leader epochs: known durably before anything is appended under them.</summary>
public sealed partial class Log
{
    /// <summary>
    /// Notes durably that an epoch begins at an offset; an older one is ignored. False where the
    /// file could not be written.
    /// </summary>
    public bool AssignEpoch(int epoch, long startOffset)
    {
        EpochHistory history = _epochs.Assign(epoch, startOffset);
        return history == _epochs || ReplaceEpochs(history) == IoError.None;
    }

    private IoError ReplaceEpochs(EpochHistory history)
    {
        IoError error = Try("leader epochs", () => AtomicFile.Write(
            _fileSystem, Path.Combine(_path, EpochHistory.FileName), history.Format()));
        if (error == IoError.None)
            Volatile.Write(ref _epochs, history);

        return error;
    }

    private LogAppendStatus NoteEpochs(ReadOnlySpan<byte> batches, in AppendFacts facts)
    {
        Invariant.That(facts.FirstOffset >= _endOffset);
        foreach (BatchHeader batch in new BatchEnumerator(batches))
        {
            if (batch.LeaderEpoch > LatestEpoch
                && !AssignEpoch(batch.LeaderEpoch, batch.BaseOffset))
                return HasFailed ? LogAppendStatus.Failed : LogAppendStatus.DiskFull;
        }

        return LogAppendStatus.Ok;
    }
}
