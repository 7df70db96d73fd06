using Teralog.Abstractions;

namespace Teralog.Broker.Tests;

/// <summary>Counts its wakes.</summary>
internal sealed class Waiter : IFetchWaiter
{
    private int wakes;

    public int Wakes => Volatile.Read(ref wakes);

    public void Wake() => Interlocked.Increment(ref wakes);
}
