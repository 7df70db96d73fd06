using Teralog.Abstractions;
using Teralog.Records;

namespace Teralog.Broker;

/// <summary>
/// Produces of one partition that wait for their acknowledgement, oldest first: a ring that grows
/// and is reused, so nothing is allocated in steady state. Any thread may call; completions run
/// without the lock. Lock order: the partition's writer lock before this one.
/// </summary>
internal sealed class PendingAcknowledgements
{
    private readonly Lock _lock = new();
    private PendingAcknowledgement[] _ring = [];
    private int _head;
    private int _count;

    internal bool IsEmpty => Volatile.Read(ref _count) == 0;

    /// <summary>Queues one; false where too many wait.</summary>
    internal bool Add(in PendingAcknowledgement pending)
    {
        lock (_lock)
        {
            if (_count == Limits.PendingAcknowledgementsMax)
                return false;
            if (_count == _ring.Length)
                Grow();

            _ring[(_head + _count) & (_ring.Length - 1)] = pending;
            Volatile.Write(ref _count, _count + 1);
            return true;
        }
    }

    /// <summary>Answers all from the head on that end at or below the offset.</summary>
    internal void Settle(long acknowledged)
    {
        while (TryTake(acknowledged, out PendingAcknowledgement pending))
            pending.Completion?.Complete(pending.Token, pending.Result);
    }

    /// <summary>Answers all with an error.</summary>
    internal void FailAll(BrokerError error, string message)
    {
        while (TryTake(long.MaxValue, out PendingAcknowledgement pending))
            pending.Completion?.Complete(pending.Token, ProduceResult.Failed(error, message));
    }

    /// <summary>Answers those whose deadline has passed.</summary>
    internal void Expire(long now)
    {
        for (int index = 0; TryTakeExpired(ref index, now, out PendingAcknowledgement pending);)
        {
            pending.Completion?.Complete(
                pending.Token,
                ProduceResult.Failed(BrokerError.TimedOut, "The acknowledgement took too long."));
        }
    }

    private bool TryTake(long acknowledged, out PendingAcknowledgement pending)
    {
        pending = default;
        if (IsEmpty)
            return false;

        lock (_lock)
        {
            if (_count == 0 || _ring[_head].EndOffset > acknowledged)
                return false;

            pending = _ring[_head];
            _ring[_head] = default;
            _head = (_head + 1) & (_ring.Length - 1);
            Volatile.Write(ref _count, _count - 1);
            return true;
        }
    }

    // The slot stays, without a completion, until the head reaches it.
    private bool TryTakeExpired(ref int index, long now, out PendingAcknowledgement pending)
    {
        lock (_lock)
        {
            for (; index < _count; index++)
            {
                ref PendingAcknowledgement slot = ref _ring[(_head + index) & (_ring.Length - 1)];
                if (slot.Completion is null || slot.Deadline > now)
                    continue;

                pending = slot;
                slot = slot with { Completion = null };
                return true;
            }
        }

        pending = default;
        return false;
    }

    private void Grow()
    {
        int size = Math.Max(Limits.PendingAcknowledgementsMin, _ring.Length * 2);
        Invariant.That(System.Numerics.BitOperations.IsPow2(size));
        var larger = new PendingAcknowledgement[size];
        for (int index = 0; index < _count; index++)
            larger[index] = _ring[(_head + index) & (_ring.Length - 1)];
        (_ring, _head) = (larger, 0);
    }
}
