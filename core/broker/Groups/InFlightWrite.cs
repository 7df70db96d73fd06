using Teralog.Abstractions;

namespace Teralog.Broker.Groups;

/// <summary>
/// One write on its way. The partition completes each of its batches, inline or from another
/// thread, often under the partition's own lock: it only notes the outcome, and where the append
/// has returned already the shard is asked to look on a pool thread.
/// </summary>
internal sealed class InFlightWrite(GroupShard shard, GroupWrite write, int batchCount)
    : IProduceCompletion
{
    private const int Appending = 0;
    private const int Appended = 1;
    private const int Done = 2;

    private int _batchesLeft = batchCount;
    private int _state = Appending;
    private int _error;

    /// <summary>What is written.</summary>
    public GroupWrite Write { get; } = write;

    /// <summary>Whether all batches are completed.</summary>
    public bool IsDone => Volatile.Read(ref _state) == Done;

    /// <summary>The first error, valid once done.</summary>
    public BrokerError Error => (BrokerError)Volatile.Read(ref _error);

    /// <inheritdoc/>
    public void Complete(long token, in ProduceResult result)
    {
        if (result.Error != BrokerError.None)
            Interlocked.CompareExchange(ref _error, (int)result.Error, 0);
        if (Interlocked.Decrement(ref _batchesLeft) == 0
            && Interlocked.Exchange(ref _state, Done) == Appended)
            shard.ScheduleDrain();
    }

    /// <summary>Called by the shard when all appends have returned: from now on a completion
    /// wakes it.</summary>
    public void MarkAppended() => Interlocked.CompareExchange(ref _state, Appended, Appending);
}
