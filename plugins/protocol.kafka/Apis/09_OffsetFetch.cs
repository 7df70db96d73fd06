using Teralog.Abstractions;
using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// OffsetFetch (9), versions 1-10: committed offsets, -1 where there is none.
/// </summary>
/// <remarks>
/// 1: an error of the group stands at every partition, from 2 on at the group. 2: null topics are
/// all. 7: require stable (KIP-447). 8: several groups. 9: member and epoch (KIP-848), without
/// meaning for classic groups. 10: topics by id.
/// </remarks>
internal sealed class OffsetFetchApi()
    : ColdApi<OffsetFetchRequest, OffsetFetchResponse>("OffsetFetch", first: 1, last: 10)
{
    private const short GroupErrorFrom = 2;
    private const short SeveralGroupsFrom = 8;
    private const short TopicIdsFrom = 10;

    /// <inheritdoc/>
    protected override ValueTask<OffsetFetchResponse> HandleAsync(
        OffsetFetchRequest request, RequestContext context)
    {
        var response = new OffsetFetchResponse();
        if (context.Version < SeveralGroupsFrom)
        {
            AnswerOne(request, response, context);
            return ValueTask.FromResult(response);
        }

        foreach (var group in request.Groups)
            response.Groups.Add(AnswerGroup(group, request.RequireStable, context));
        return ValueTask.FromResult(response);
    }

    private static void AnswerOne(
        OffsetFetchRequest request, OffsetFetchResponse response, RequestContext context)
    {
        var asked = request.Topics?
            .Select(topic => new TopicPartitions(topic.Name, topic.PartitionIndexes)).ToList();
        var result = context.Broker.Groups.FetchOffsets(
            request.GroupId, asked, request.RequireStable);
        response.ErrorCode = result.Error.ToWire();
        if (result.Error != BrokerError.None)
        {
            if (context.Version < GroupErrorFrom)
                response.Topics.AddRange((asked ?? []).Select(
                    topic => ToTopic(topic.Topic, Refused(topic, result.Error))));
            return;
        }

        response.Topics.AddRange(result.Offsets.GroupBy(offset => offset.Topic)
            .Select(topic => ToTopic(topic.Key, topic)));
    }

    private static OffsetFetchResponse.Topic ToTopic(
        string name, IEnumerable<CommittedOffset> offsets) => new()
        {
            Name = name,
            Partitions =
            [
                .. offsets.Select(offset => new OffsetFetchResponse.Partition
                {
                    PartitionIndex = offset.Partition,
                    CommittedOffset = offset.Offset,
                    CommittedLeaderEpoch = offset.LeaderEpoch,
                    Metadata = offset.Metadata,
                    ErrorCode = offset.Error.ToWire(),
                }),
            ],
        };

    private static OffsetFetchResponse.Group AnswerGroup(
        OffsetFetchRequest.Group group, bool requireStable, RequestContext context)
    {
        var usesIds = context.Version >= TopicIdsFrom;
        var named = group.Topics?
            .Select(topic => (
                Name: usesIds ? context.Broker.Topics.Find(topic.TopicId)?.Name : topic.Name,
                Topic: topic)).ToList();
        var asked = named?.Where(one => one.Name is not null)
            .Select(one => new TopicPartitions(one.Name!, one.Topic.PartitionIndexes)).ToList();
        var result = context.Broker.Groups.FetchOffsets(group.GroupId, asked, requireStable);
        var answer = new OffsetFetchResponse.Group
        {
            GroupId = group.GroupId,
            ErrorCode = result.Error.ToWire(),
        };
        if (result.Error != BrokerError.None)
            return answer;
        foreach (var topic in result.Offsets.GroupBy(offset => offset.Topic))
        {
            var topicId = usesIds ? context.Broker.Topics.Find(topic.Key)?.TopicId : Guid.Empty;
            // A topic that is gone has no id to be named by.
            if (topicId is { } known)
                answer.Topics.Add(ToTopics(topic.Key, known, topic));
        }

        foreach (var (_, topic) in (named ?? []).Where(one => one.Name is null))
        {
            answer.Topics.Add(ToTopics("", topic.TopicId, Refused(
                new TopicPartitions("", topic.PartitionIndexes), BrokerError.UnknownTopicId)));
        }

        return answer;
    }

    private static OffsetFetchResponse.OffsetFetchResponseTopics ToTopics(
        string name, Guid topicId, IEnumerable<CommittedOffset> offsets) => new()
        {
            Name = name,
            TopicId = topicId,
            Partitions =
            [
                .. offsets.Select(offset => new OffsetFetchResponse.Partitions
                {
                    PartitionIndex = offset.Partition,
                    CommittedOffset = offset.Offset,
                    CommittedLeaderEpoch = offset.LeaderEpoch,
                    Metadata = offset.Metadata,
                    ErrorCode = offset.Error.ToWire(),
                }),
            ],
        };

    private static IEnumerable<CommittedOffset> Refused(
        TopicPartitions topic, BrokerError error) =>
        topic.Partitions.Select(partition => new CommittedOffset(
            topic.Topic, partition, error, -1, -1, ""));
}
