using Teralog.Abstractions;

namespace Teralog.Broker;

/// <summary>A produce that is appended and waits for its acknowledgement.</summary>
/// <param name="EndOffset">Offset after its last record.</param>
/// <param name="Deadline">Timestamp of the clock after which it is answered as timed out.</param>
/// <param name="Completion">Who is told; null for a slot that was answered early.</param>
/// <param name="Token">Goes with the answer.</param>
/// <param name="Result">The answer.</param>
internal readonly record struct PendingAcknowledgement(
    long EndOffset, long Deadline, IProduceCompletion? Completion, long Token,
    ProduceResult Result);
