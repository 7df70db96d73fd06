using Teralog.Abstractions;
using Teralog.Protocol.Kafka.Messages;
using Teralog.Records.Wire;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// Produce (0), versions 3-13; advertised from 0 because librdkafka before 2.11.1 sends without
/// compression where 0 is missing (KAFKA-18659). 0-2 close the connection.
/// </summary>
/// <remarks>
/// The whole body is walked before anything is appended. The batches stay in the receive buffer
/// and are stamped there. acks 0 has no answer; where it fails, the connection is closed.
/// 5: log start offset. 8: errors in words (KIP-467). 9: flexible. 10: where the leader is
/// (KIP-951). 12: transactions without AddPartitionsToTxn (KIP-890). 13: topic ids (KIP-516).
/// </remarks>
internal sealed class ProduceApi : Api
{
    public ProduceApi()
        : base("Produce", ProduceRequest.ApiKey, first: 3, last: 13, ProduceRequest.FlexibleFrom) =>
        AdvertisedFirst = 0;

    /// <inheritdoc/>
    public override PendingResponse? Begin(in RequestFrame frame, KafkaConnection connection)
    {
        var pending = connection.Loop.Produces.Take();
        pending.Open(connection, frame.Version, frame.CorrelationId);
        var body = frame.Bytes[frame.BodyStart..];
        var reader = new WireReader(body);
        if (!ProduceWalker.Walk(ref reader, frame.Version, pending))
        {
            pending.Abandon();
            return null;
        }
        Append(pending, body, connection.Services.Broker);
        return pending;
    }

    private static void Append(ProducePending pending, Span<byte> body, IBroker broker)
    {
        if (RefusalOf(pending) is { } refusal)
        {
            pending.CompleteAll(refusal);
            return;
        }
        var options = new ProduceOptions((RequiredAcks)pending.Acks, pending.TimeoutMs);
        pending.BeginAppends();
        for (var index = 0; index < pending.PartitionCount; index++)
        {
            ref readonly var slot = ref pending.Partition(index);
            if (slot.RecordsStart < 0)
                pending.Complete(index, ProduceResult.Failed(BrokerError.InvalidRecord));
            else if (pending.FindPartition(index, broker) is not { } partition)
                pending.Complete(index, ProduceResult.Failed(pending.UnknownTopicError(index)));
            else
            {
                broker.Produce(
                    partition, body.Slice(slot.RecordsStart, slot.RecordsSizeBytes), options,
                    pending, index);
            }
        }
        pending.EndAppends();
    }

    private static BrokerError? RefusalOf(ProducePending pending)
    {
        if (pending.Acks is not (-1 or 0 or 1))
            return BrokerError.InvalidRequiredAcks;
        return pending.IsTransactional ? BrokerError.TransactionsUnavailable : null;
    }
}
