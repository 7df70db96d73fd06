using Teralog.Abstractions;

namespace Teralog.Broker.Groups;

/// <summary>A commit on its way to the log.</summary>
/// <param name="Request">What was asked for.</param>
/// <param name="WrittenIndexes">Which of its offsets are written.</param>
/// <param name="Results">Results so far: the offsets that are not written have their error.</param>
/// <param name="Reply">Who waits.</param>
internal sealed record PendingCommit(
    CommitOffsets Request, IReadOnlyList<int> WrittenIndexes, BrokerError[] Results,
    Reply<CommitResult> Reply)
{
    /// <summary>The offsets that are written.</summary>
    public IEnumerable<OffsetToCommit> Written() =>
        WrittenIndexes.Select(index => Request.Offsets[index]);

    /// <summary>Gives the answer: the write's outcome stands at each offset written.</summary>
    public void Answer(BrokerError error)
    {
        foreach (var index in WrittenIndexes)
            Results[index] = error;
        Reply.Set(new CommitResult(BrokerError.None, Results));
    }
}
