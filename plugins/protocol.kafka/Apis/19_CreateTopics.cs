using Teralog.Abstractions;
using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// CreateTopics (19), versions 2-7.
/// </summary>
/// <remarks>
/// 4: -1 partitions or replicas for the broker's default (KIP-464). 5: what was made of it comes
/// back, with all configs (KIP-525). 7: topic ids. A topic named twice is INVALID_REQUEST.
/// </remarks>
internal sealed class CreateTopicsApi()
    : ColdApi<CreateTopicsRequest, CreateTopicsResponse>("CreateTopics", first: 2, last: 7)
{
    /// <inheritdoc/>
    protected override async ValueTask<CreateTopicsResponse> HandleAsync(
        CreateTopicsRequest request, RequestContext context)
    {
        var response = new CreateTopicsResponse();
        var twice = Repeated.Of(request.Topics, topic => topic.Name);
        foreach (var topic in request.Topics.DistinctBy(topic => topic.Name))
        {
            response.Topics.Add(twice.Contains(topic.Name)
                ? Failed(topic.Name, ErrorCode.InvalidRequest, "Duplicate topic name.")
                : await CreateAsync(topic, request.ValidateOnly, context).ConfigureAwait(false));
        }
        return response;
    }

    private static async ValueTask<CreateTopicsResponse.CreatableTopic> CreateAsync(
        CreateTopicsRequest.CreatableTopic asked, bool validateOnly, RequestContext context)
    {
        if (Repeated.Of(asked.Assignments, one => one.PartitionIndex).Count > 0)
        {
            return Failed(
                asked.Name, ErrorCode.InvalidReplicaAssignment,
                "A partition is assigned more than once.");
        }
        var topic = new NewTopic(
            asked.Name, asked.NumPartitions, asked.ReplicationFactor, AssignmentsOf(asked),
            [.. asked.Configs.Select(one => KeyValuePair.Create(one.Name, one.Value))]);
        var created = await context.Broker.Topics.CreateAsync(topic, validateOnly, context.Closed)
            .ConfigureAwait(false);
        if (created.Error == BrokerError.None)
            return Created(asked.Name, created);
        context.LogRefused(created.Error.ToCode(), $"topic {asked.Name}: {created.Message}");
        return Failed(asked.Name, created.Error.ToCode(), created.Message);
    }

    private static Dictionary<int, IReadOnlyList<int>>? AssignmentsOf(
        CreateTopicsRequest.CreatableTopic asked) =>
        asked.Assignments.Count == 0
            ? null
            : asked.Assignments.ToDictionary(
                one => one.PartitionIndex, one => (IReadOnlyList<int>)one.BrokerIds);

    private static CreateTopicsResponse.CreatableTopic Created(
        string name, CreateTopicResult created) => new()
        {
            Name = name,
            TopicId = created.Topic?.TopicId ?? default,
            NumPartitions = created.Topic?.Partitions.Count ?? -1,
            ReplicationFactor =
                (short)(created.Topic?.Partitions.FirstOrDefault()?.Replicas.Count ?? -1),
            Configs = created.Configs?.Select(entry =>
                new CreateTopicsResponse.CreatableTopicConfigs
                {
                    Name = entry.Name,
                    Value = entry.Value,
                    ReadOnly = entry.IsReadOnly,
                    ConfigSource = ConfigWire.SourceToWire(entry.Source),
                    IsSensitive = entry.IsSensitive,
                }).ToList() ?? [],
        };

    private static CreateTopicsResponse.CreatableTopic Failed(
        string name, ErrorCode error, string? message) => new()
        {
            Name = name,
            ErrorCode = (short)error,
            ErrorMessage = message,
            Configs = [],
        };
}
