namespace Teralog.Abstractions;

/// <summary>Receives the outcome of a produce.</summary>
public interface IProduceCompletion
{
    /// <summary>
    /// Called exactly once for each produce, inline or later from any thread; it must not block
    /// and must not call the broker from inside.
    /// </summary>
    void Complete(long token, in ProduceResult result);
}
