using Teralog.Abstractions;
using Teralog.Records;
using Teralog.Storage;

namespace Teralog.Broker;

/// <summary>
/// Why a produce is refused, and the one place where what storage says becomes it. All but
/// <see cref="BrokerError.StorageFailedAfterAppend"/> mean that nothing was applied.
/// </summary>
internal readonly record struct ProduceError(
    BrokerError Error, string? Message, IReadOnlyList<RecordError>? Records = null)
{
    private const string MissingKeyMessage =
        "A compacted topic does not accept records without a key.";

    internal const string StorageMessage =
        "The log directory has failed; the broker's log says why.";

    internal static ProduceError None => default;

    internal static ProduceError Of(BatchCheck check) => check switch
    {
        BatchCheck.Ok => None,
        BatchCheck.NotOneBatch => new(
            BrokerError.InvalidRecord, "A partition must be given exactly one record batch."),
        BatchCheck.BadLength => new(BrokerError.CorruptBatch, "The batch length is wrong."),
        BatchCheck.OldMagic => new(
            BrokerError.InvalidRecord, "Record formats older than version 2 are not accepted."),
        BatchCheck.BadMagic => new(BrokerError.CorruptBatch, "There is no such record format."),
        BatchCheck.CorruptCrc => new(BrokerError.CorruptBatch, "The CRC of the batch is wrong."),
        BatchCheck.TooLarge => new(
            BrokerError.RecordTooLarge, "The batch is larger than max.message.bytes."),
        BatchCheck.BadBaseOffset => new(
            BrokerError.InvalidRecord, "The base offset of a produced batch must be 0."),
        BatchCheck.BadCount => new(
            BrokerError.InvalidRecord, "The record count does not match the last offset."),
        BatchCheck.ControlBatch => new(
            BrokerError.InvalidRecord, "A client may not write control records."),
        BatchCheck.BadSequence => new(
            BrokerError.InvalidRecord, "A producer id needs a sequence."),
        BatchCheck.UnsupportedCodec => new(
            BrokerError.InvalidRecord, "The compression of the batch is not known."),
        BatchCheck.InvalidRecord => new(
            BrokerError.InvalidRecord, "A record of the batch is malformed."),
        BatchCheck.MissingKey => MissingKeys([]),
        BatchCheck.InvalidTimestamp => new(
            BrokerError.InvalidTimestamp, "A timestamp is outside the topic's limits."),
        _ => throw new InvariantException($"No such check: {check}"),
    };

    /// <summary>A batch for a compacted topic, with the positions of records that have no key.
    /// </summary>
    internal static ProduceError MissingKeys(IEnumerable<int> positions) => new(
        BrokerError.InvalidRecord, MissingKeyMessage,
        [.. positions.Select(position => new RecordError(position, MissingKeyMessage))]);

    internal ProduceResult ToResult() => ProduceResult.Failed(Error, Message, Records);

    internal static ProduceError Of(ProducerCheckStatus status) => status switch
    {
        ProducerCheckStatus.Ok or ProducerCheckStatus.Duplicate => None,
        ProducerCheckStatus.OutOfOrderSequence => new(
            BrokerError.OutOfOrderSequence, "The sequence does not follow the last one."),
        ProducerCheckStatus.InvalidProducerEpoch => new(
            BrokerError.InvalidProducerEpoch, "A newer incarnation of the producer exists."),
        _ => throw new InvariantException($"No such status: {status}"),
    };

    internal static ProduceError Of(LogAppendStatus status) => status switch
    {
        LogAppendStatus.Ok => None,
        LogAppendStatus.Malformed => new(BrokerError.CorruptBatch, "The batch is malformed."),
        LogAppendStatus.BatchTooLarge => Of(BatchCheck.TooLarge),
        LogAppendStatus.SegmentTooLarge => new(
            BrokerError.BatchListTooLarge, "The batch is larger than segment.bytes."),
        LogAppendStatus.OffsetBelowEnd => throw new InvariantException("No replica appends here."),
        LogAppendStatus.StaleEpoch => new(BrokerError.NotLeader, "The leader epoch is over."),
        LogAppendStatus.DiskFull => new(BrokerError.StorageFailed, "The disk is full."),
        LogAppendStatus.Failed => new(BrokerError.StorageFailedAfterAppend, StorageMessage),
        _ => throw new InvariantException($"No such status: {status}"),
    };
}
