namespace Teralog.Abstractions;

/// <summary>How an append is acknowledged.</summary>
/// <param name="Acks">What the producer waits for.</param>
/// <param name="TimeoutMs">How long an acknowledgement by all may take, in milliseconds.</param>
/// <param name="IsInternalClient">True for the broker's own writers, who may write to internal
/// topics.</param>
public readonly record struct ProduceOptions(
    RequiredAcks Acks, int TimeoutMs, bool IsInternalClient = false);
