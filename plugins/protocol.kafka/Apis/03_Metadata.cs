using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// Metadata (3), versions 0-13: brokers, topics, partitions and their leaders.
/// </summary>
/// <remarks>
/// All topics: an empty list in version 0, null from 1 on (there an empty list is no topic).
/// 4: the client says whether a missing topic may be created; before, it may. 8-10: authorized
/// operations. 10: topic ids in answers. 12: topics may be asked for by id; in 10 and 11 that is
/// INVALID_REQUEST. 13: an error for the whole answer (KIP-1102), never used here.
/// </remarks>
internal sealed class MetadataApi()
    : ColdApi<MetadataRequest, MetadataResponse>("Metadata", first: 0, last: 13)
{
    private const short NullMeansAllFrom = 1;
    private const short AsksByIdFrom = 12;

    /// <inheritdoc/>
    protected override async ValueTask<MetadataResponse> HandleAsync(
        MetadataRequest request, RequestContext context)
    {
        var operations = request.IncludeTopicAuthorizedOperations
            ? AuthorizedOperations.OnTopic
            : AuthorizedOperations.NotAsked;
        var topics = new List<MetadataResponse.Topic>();
        if (AsksForAll(request, context.Version))
            topics.AddRange(context.Broker.Topics.List().Select(TopicAnswers.Describe));
        else
        {
            foreach (var asked in request.Topics ?? [])
                topics.Add(await AnswerAsync(asked, request, context).ConfigureAwait(false));
        }
        foreach (var topic in topics)
            topic.TopicAuthorizedOperations = operations;
        return Cluster(request, context, topics);
    }

    private static bool AsksForAll(MetadataRequest request, short version) =>
        request.Topics is null || (version < NullMeansAllFrom && request.Topics.Count == 0);

    private static MetadataResponse Cluster(
        MetadataRequest request, RequestContext context, List<MetadataResponse.Topic> topics) =>
        new()
        {
            Brokers = [.. context.Broker.Cluster.Brokers(context.ListenerName).Select(broker =>
                new MetadataResponse.Broker
                {
                    NodeId = broker.NodeId,
                    Host = broker.Host,
                    Port = broker.Port,
                    Rack = broker.Rack,
                })],
            ClusterId = context.Broker.Cluster.ClusterId,
            ControllerId = context.Broker.Cluster.ControllerId,
            Topics = topics,
            ClusterAuthorizedOperations = request.IncludeClusterAuthorizedOperations
                ? AuthorizedOperations.OnCluster
                : AuthorizedOperations.NotAsked,
        };

    private static async ValueTask<MetadataResponse.Topic> AnswerAsync(
        MetadataRequest.Topic asked, MetadataRequest request, RequestContext context)
    {
        var byId = asked.TopicId != Guid.Empty;
        if (context.Version < AsksByIdFrom && (byId || asked.Name is null))
            return TopicAnswers.Failed(asked.Name ?? "", asked.TopicId, ErrorCode.InvalidRequest);
        var topics = context.Broker.Topics;
        if (byId)
        {
            return topics.Find(asked.TopicId) is { } known
                ? TopicAnswers.Describe(known)
                : TopicAnswers.Failed(null, asked.TopicId, ErrorCode.UnknownTopicId);
        }
        var name = asked.Name ?? "";
        if (topics.Find(name) is { } found)
            return TopicAnswers.Describe(found);
        if (!TopicNames.IsLegal(name))
            return TopicAnswers.Failed(name, default, ErrorCode.InvalidTopicException);
        return request.AllowAutoTopicCreation
            ? await CreateAsync(name, context).ConfigureAwait(false)
            : TopicAnswers.Failed(name, default, ErrorCode.UnknownTopicOrPartition);
    }

    private static async ValueTask<MetadataResponse.Topic> CreateAsync(
        string name, RequestContext context)
    {
        var created = await context.Broker.Topics.AutoCreateAsync(name, context.Closed)
            .ConfigureAwait(false);
        return created.Topic is { } topic
            ? TopicAnswers.Describe(topic)
            : TopicAnswers.Failed(name, default, created.Error.ToCode());
    }
}
