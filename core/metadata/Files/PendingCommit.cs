namespace Teralog.Metadata;

/// <summary>
/// A transaction on its way to the writer. Either the writer takes it or its token cancels it,
/// never both.
/// </summary>
internal sealed class PendingCommit(MetadataTransaction transaction)
{
    private readonly TaskCompletionSource<MetadataCommit> _completion =
        new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isTaken;

    public MetadataTransaction Transaction { get; } = transaction;

    public Task<MetadataCommit> Task => _completion.Task;

    public bool TryTake() => Interlocked.Exchange(ref _isTaken, 1) == 0;

    public void Cancel(CancellationToken cancellationToken)
    {
        if (TryTake())
            _completion.SetCanceled(cancellationToken);
    }

    public void Complete(MetadataCommit commit) => _completion.SetResult(commit);
}
