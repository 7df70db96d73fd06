namespace Teralog.Protocol.Kafka;

/// <summary>
/// A request that was dispatched and whose answer is not written yet. It sits in its connection's
/// queue until it is ready and everything before it is written. All members: loop thread.
/// </summary>
internal abstract class PendingResponse
{
    /// <summary>The answer is known; it is written at its turn.</summary>
    public bool IsReady { get; protected set; }

    /// <summary>About how much memory it holds while it waits: how much may wait on one
    /// connection is bounded by it.</summary>
    public abstract long HeldBytes { get; }

    /// <summary>Writes the answer, or nothing where none is due, and gives back what it holds.
    /// </summary>
    public abstract void WriteTo(KafkaConnection connection);

    /// <summary>The peer sends no more: what only waits for more to come answers now.</summary>
    public virtual void Hurry()
    {
    }

    /// <summary>The connection closed before its turn came: gives back what it holds, at once or
    /// when the broker has answered.</summary>
    public abstract void Abandon();
}
