using Teralog.Abstractions;
using Teralog.Net;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// One wait of a fetch. It is not pooled: a wake that was under way when the wait ended finds an
/// object whose wait is over, not somebody else's.
/// </summary>
internal sealed class FetchPark(FetchPending pending, Connection connection) : IFetchWaiter
{
    private static readonly Action<object?> WakeOnLoop =
        static state => ((FetchPark)state!).OnWake();

    private FetchPending? _pending = pending;

    /// <summary>What the broker gave; set by the fetch right after.</summary>
    public IDisposable? Watch { get; set; }

    /// <inheritdoc/>
    public void Wake() => _ = connection.Post(WakeOnLoop, this);

    /// <summary>No wake counts from here on. Loop thread.</summary>
    public void End()
    {
        _pending = null;
        Watch?.Dispose();
    }

    private void OnWake() => _pending?.Resume();
}
