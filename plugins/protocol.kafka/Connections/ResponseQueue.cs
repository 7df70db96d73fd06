using Teralog.Records;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// The requests of one connection that wait, oldest first: a ring that grows to
/// <see cref="Limits.InFlightMax"/>. An idle connection holds no array.
/// </summary>
internal sealed class ResponseQueue
{
    private const int CapacityStart = 4;

    private (PendingResponse? Pending, long HeldBytes)[] _ring = [];
    private int _head;

    public int Count { get; private set; }

    /// <summary>Memory that those in the queue hold, as they said when they were added.</summary>
    public long HeldBytes { get; private set; }

    public bool IsFull => Count == Limits.InFlightMax || HeldBytes > Limits.InFlightBytesMax;

    /// <summary>Few enough wait for the connection to be read from again.</summary>
    public bool HasRoom =>
        Count <= Limits.InFlightResume && HeldBytes <= Limits.InFlightBytesMax / 2;

    public PendingResponse? Head => Count == 0 ? null : _ring[_head].Pending;

    public void Enqueue(PendingResponse pending)
    {
        Invariant.That(Count < Limits.InFlightMax);
        if (Count == _ring.Length)
            Grow();
        _ring[(_head + Count) & (_ring.Length - 1)] = (pending, pending.HeldBytes);
        HeldBytes += pending.HeldBytes;
        Count++;
    }

    public PendingResponse Dequeue()
    {
        var (head, heldBytes) = _ring[_head];
        Invariant.That(Count > 0);
        Invariant.That(head is not null);
        _ring[_head] = default;
        HeldBytes -= heldBytes;
        _head = (_head + 1) & (_ring.Length - 1);
        Count--;
        return head!;
    }

    /// <summary>No more input will come: nothing waits longer than it must.</summary>
    public void Hurry()
    {
        for (var index = 0; index < Count; index++)
            _ring[(_head + index) & (_ring.Length - 1)].Pending!.Hurry();
    }

    private void Grow()
    {
        var larger = new (PendingResponse?, long)[Math.Max(CapacityStart, _ring.Length * 2)];
        for (var index = 0; index < Count; index++)
            larger[index] = _ring[(_head + index) & (_ring.Length - 1)];
        _ring = larger;
        _head = 0;
    }
}
