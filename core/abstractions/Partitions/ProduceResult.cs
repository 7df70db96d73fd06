namespace Teralog.Abstractions;

/// <summary>The outcome of a produce on one partition.</summary>
/// <param name="Error">None where the batches are in the log (a duplicate of a batch that is in the
/// log counts and answers its offset).</param>
/// <param name="BaseOffset">Offset of the first record, -1 on error or where it is not
/// known.</param>
/// <param name="LogAppendTimeMs">Broker time given to the records, -1 with create time.</param>
/// <param name="LogStartOffset">First offset of the log, -1 where it is not known.</param>
/// <param name="Message">A sentence for the user on error, or null.</param>
/// <param name="RecordErrors">The records that caused the error (KIP-467), or null where it is the
/// batch's as a whole.</param>
public readonly record struct ProduceResult(
    BrokerError Error, long BaseOffset, long LogAppendTimeMs, long LogStartOffset, string? Message,
    IReadOnlyList<RecordError>? RecordErrors = null)
{
    /// <summary>A failed produce.</summary>
    public static ProduceResult Failed(
        BrokerError error, string? message = null,
        IReadOnlyList<RecordError>? recordErrors = null) =>
        new(error, -1, -1, -1, message, recordErrors);
}
