using Teralog.Abstractions;
using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// OffsetForLeaderEpoch (23), versions 2-4: where an epoch ended, so that a consumer sees that
/// what it read was cut off (KIP-320). 3: replica id, ignored.
/// </summary>
internal sealed class OffsetForLeaderEpochApi()
    : ColdApi<OffsetForLeaderEpochRequest, OffsetForLeaderEpochResponse>(
        "OffsetForLeaderEpoch", first: 2, last: 4)
{
    /// <inheritdoc/>
    protected override ValueTask<OffsetForLeaderEpochResponse> HandleAsync(
        OffsetForLeaderEpochRequest request, RequestContext context) =>
        new(new OffsetForLeaderEpochResponse
        {
            Topics = [.. request.Topics.Select(topic =>
                new OffsetForLeaderEpochResponse.OffsetForLeaderTopic
                {
                    Topic = topic.Topic,
                    Partitions = [.. topic.Partitions.Select(
                        partition => Look(topic.Topic, partition, context))],
                })],
        });

    private static OffsetForLeaderEpochResponse.EpochEndOffset Look(
        string topic, OffsetForLeaderEpochRequest.OffsetForLeaderPartition asked,
        RequestContext context)
    {
        var partition = context.Broker.FindPartition(topic, asked.Partition);
        var end = partition is null
            ? new EpochEndResult(BrokerError.UnknownTopicOrPartition, -1, -1)
            : context.Broker.EpochEnd(partition, asked.CurrentLeaderEpoch, asked.LeaderEpoch);
        return new()
        {
            ErrorCode = end.Error.ToWire(),
            Partition = asked.Partition,
            LeaderEpoch = end.LeaderEpoch,
            EndOffset = end.EndOffset,
        };
    }
}
