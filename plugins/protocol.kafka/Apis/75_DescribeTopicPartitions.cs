using Teralog.Abstractions;
using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// DescribeTopicPartitions (75), version 0: topics by name in order, a bounded number of
/// partitions at once, and a cursor where to go on (KIP-966). No topics mean all.
/// </summary>
internal sealed class DescribeTopicPartitionsApi()
    : ColdApi<DescribeTopicPartitionsRequest, DescribeTopicPartitionsResponse>(
        "DescribeTopicPartitions", first: 0, last: 0)
{
    /// <inheritdoc/>
    protected override ValueTask<DescribeTopicPartitionsResponse> HandleAsync(
        DescribeTopicPartitionsRequest request, RequestContext context)
    {
        var response = new DescribeTopicPartitionsResponse();
        var left = Math.Clamp(request.ResponsePartitionLimit, 1, Limits.DescribedPartitionsMax);
        foreach (var name in NamesFrom(request, context.Broker.Topics))
        {
            var first = name == request.Cursor?.TopicName
                ? Math.Max(0, request.Cursor.PartitionIndex)
                : 0;
            if (left == 0)
            {
                response.NextCursor = new() { TopicName = name, PartitionIndex = first };
                break;
            }
            var answer = Describe(name, first, left, context.Broker.Topics, out var total);
            response.Topics.Add(answer);
            left -= answer.Partitions.Count;
            if (first + answer.Partitions.Count < total)
            {
                response.NextCursor = new()
                {
                    TopicName = name,
                    PartitionIndex = first + answer.Partitions.Count,
                };
                break;
            }
        }
        return new(response);
    }

    private static IEnumerable<string> NamesFrom(
        DescribeTopicPartitionsRequest request, ITopics topics)
    {
        var names = request.Topics.Count == 0
            ? topics.List().Select(topic => topic.Name)
            : request.Topics.Select(topic => topic.Name).Distinct();
        var from = request.Cursor?.TopicName ?? "";
        return names
            .Where(name => string.CompareOrdinal(name, from) >= 0)
            .Order(StringComparer.Ordinal);
    }

    private static DescribeTopicPartitionsResponse.Topic Describe(
        string name, int first, int countMax, ITopics topics, out int total)
    {
        var topic = topics.Find(name);
        total = topic?.Partitions.Count ?? 0;
        if (topic is null)
        {
            return new()
            {
                Name = name,
                ErrorCode = (short)(TopicNames.IsLegal(name)
                    ? ErrorCode.UnknownTopicOrPartition
                    : ErrorCode.InvalidTopicException),
            };
        }
        return new()
        {
            Name = name,
            TopicId = topic.TopicId,
            IsInternal = topic.IsInternal,
            Partitions = [.. topic.Partitions.Skip(first).Take(countMax).Select(Describe)],
            TopicAuthorizedOperations = AuthorizedOperations.OnTopic,
        };
    }

    private static DescribeTopicPartitionsResponse.Partition Describe(PartitionView partition) =>
        new()
        {
            ErrorCode =
                (short)(partition.Leader < 0 ? ErrorCode.LeaderNotAvailable : ErrorCode.None),
            PartitionIndex = partition.Index,
            LeaderId = partition.Leader,
            LeaderEpoch = partition.LeaderEpoch,
            ReplicaNodes = [.. partition.Replicas],
            IsrNodes = [.. partition.InSyncReplicas],
            EligibleLeaderReplicas = [],
            LastKnownElr = [],
            OfflineReplicas = [.. partition.OfflineReplicas],
        };
}
