namespace Teralog.Protocol.Kafka;

/// <summary>What one event loop keeps for its connections: idle requests, used again. Everything
/// is called on that loop's thread, so nothing is locked.</summary>
internal sealed class LoopState
{
    public Pool<ProducePending> Produces { get; } = new(() => new ProducePending());

    public Pool<FetchPending> Fetches { get; } = new(() => new FetchPending());
}
