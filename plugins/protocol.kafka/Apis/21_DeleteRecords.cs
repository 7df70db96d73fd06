using Teralog.Abstractions;
using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// DeleteRecords (21), versions 0-2: moves the log start up (KIP-107); -1 is the high watermark.
/// </summary>
internal sealed class DeleteRecordsApi()
    : ColdApi<DeleteRecordsRequest, DeleteRecordsResponse>("DeleteRecords", first: 0, last: 2)
{
    /// <inheritdoc/>
    protected override async ValueTask<DeleteRecordsResponse> HandleAsync(
        DeleteRecordsRequest request, RequestContext context)
    {
        var response = new DeleteRecordsResponse();
        foreach (var topic in request.Topics)
        {
            var answer = new DeleteRecordsResponse.Topic { Name = topic.Name };
            response.Topics.Add(answer);
            foreach (var partition in topic.Partitions)
            {
                answer.Partitions.Add(
                    await DeleteAsync(topic.Name, partition, context).ConfigureAwait(false));
            }
        }
        return response;
    }

    private static async ValueTask<DeleteRecordsResponse.Partition> DeleteAsync(
        string topic, DeleteRecordsRequest.Partition asked, RequestContext context)
    {
        var partition = context.Broker.FindPartition(topic, asked.PartitionIndex);
        var result = partition is null
            ? new DeleteRecordsResult(BrokerError.UnknownTopicOrPartition, -1)
            : await context.Broker.Topics
                .DeleteRecordsAsync(partition, asked.Offset, context.Closed)
                .ConfigureAwait(false);
        return new()
        {
            PartitionIndex = asked.PartitionIndex,
            LowWatermark = result.LowWatermark,
            ErrorCode = result.Error.ToWire(),
        };
    }
}
