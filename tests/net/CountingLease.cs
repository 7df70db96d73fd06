namespace Teralog.Net.Tests;

/// <summary>Knows how often it was disposed.</summary>
internal sealed class CountingLease : IDisposable
{
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public void Dispose() => Interlocked.Increment(ref _count);
}
