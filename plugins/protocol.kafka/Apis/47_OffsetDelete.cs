using Teralog.Abstractions;
using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// OffsetDelete (47), version 0 (KIP-496): committed offsets of topics that no member reads. An
/// error of the group comes without partitions.
/// </summary>
internal sealed class OffsetDeleteApi()
    : ColdApi<OffsetDeleteRequest, OffsetDeleteResponse>("OffsetDelete", first: 0, last: 0)
{
    /// <inheritdoc/>
    protected override async ValueTask<OffsetDeleteResponse> HandleAsync(
        OffsetDeleteRequest request, RequestContext context)
    {
        var asked = request.Topics.Select(topic => new TopicPartitions(
            topic.Name, [.. topic.Partitions.Select(one => one.PartitionIndex)])).ToList();
        var result = await context.Broker.Groups.DeleteOffsetsAsync(
            request.GroupId, asked, context.Closed).ConfigureAwait(false);
        var response = new OffsetDeleteResponse { ErrorCode = result.Error.ToWire() };
        if (result.Error != BrokerError.None)
            return response;
        var next = 0;
        foreach (var topic in asked)
        {
            var view = context.Broker.Topics.Find(topic.Topic);
            var answer = new OffsetDeleteResponse.Topic { Name = topic.Topic };
            foreach (var partition in topic.Partitions)
            {
                var error = result.Partitions[next++];
                var exists = partition >= 0 && partition < view?.Partitions.Count;
                answer.Partitions.Add(new()
                {
                    PartitionIndex = partition,
                    ErrorCode = (exists ? error : BrokerError.UnknownTopicOrPartition).ToWire(),
                });
            }

            response.Topics.Add(answer);
        }

        return response;
    }
}
