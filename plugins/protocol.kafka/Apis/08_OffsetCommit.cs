using Teralog.Abstractions;
using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// OffsetCommit (8), versions 2-10: durable when it is answered. An error of the group stands at
/// every partition.
/// </summary>
/// <remarks>
/// 2-4: a retention of the client's own. 6: leader epochs. 7: static members. 9: a group that does
/// not exist is GROUP_ID_NOT_FOUND, ILLEGAL_GENERATION before. 10: topics by id (KIP-848).
/// </remarks>
internal sealed class OffsetCommitApi()
    : ColdApi<OffsetCommitRequest, OffsetCommitResponse>("OffsetCommit", first: 2, last: 10)
{
    private const short TopicIdsFrom = 10;
    private const short GroupNotFoundFrom = 9;

    /// <inheritdoc/>
    protected override async ValueTask<OffsetCommitResponse> HandleAsync(
        OffsetCommitRequest request, RequestContext context)
    {
        var offsets = new List<OffsetToCommit>();
        var names = request.Topics.Select(topic => NameOf(topic, context)).ToArray();
        for (var index = 0; index < names.Length; index++)
        {
            if (names[index] is not { } name)
                continue;
            offsets.AddRange(request.Topics[index].Partitions.Select(one => new OffsetToCommit(
                name, one.PartitionIndex, one.CommittedOffset, one.CommittedLeaderEpoch,
                one.CommittedMetadata)));
        }

        var result = await context.Broker.Groups.CommitAsync(
            new CommitOffsets(
                new GroupMember(
                    request.GroupId, request.GenerationIdOrMemberEpoch, request.MemberId,
                    request.GroupInstanceId),
                request.RetentionTimeMs, offsets),
            context.Closed).ConfigureAwait(false);
        return Answer(request, names, result, context.Version);
    }

    private static string? NameOf(OffsetCommitRequest.Topic topic, RequestContext context) =>
        context.Version < TopicIdsFrom
            ? topic.Name
            : context.Broker.Topics.Find(topic.TopicId)?.Name;

    private static OffsetCommitResponse Answer(
        OffsetCommitRequest request, string?[] names, CommitResult result, short version)
    {
        var response = new OffsetCommitResponse();
        var next = 0;
        for (var index = 0; index < names.Length; index++)
        {
            var topic = request.Topics[index];
            var answer = new OffsetCommitResponse.Topic
            {
                Name = topic.Name,
                TopicId = topic.TopicId,
            };
            foreach (var partition in topic.Partitions)
            {
                var error = names[index] is null
                    ? BrokerError.UnknownTopicId
                    : result.Error != BrokerError.None ? result.Error : result.Partitions[next++];
                answer.Partitions.Add(new()
                {
                    PartitionIndex = partition.PartitionIndex,
                    ErrorCode = CodeFor(error, version),
                });
            }

            response.Topics.Add(answer);
        }

        return response;
    }

    private static short CodeFor(BrokerError error, short version) =>
        error == BrokerError.GroupNotFound && version < GroupNotFoundFrom
            ? BrokerError.IllegalGeneration.ToWire()
            : error.ToWire();
}
