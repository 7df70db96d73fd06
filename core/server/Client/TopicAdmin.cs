using Teralog.Server.Messages;

namespace Teralog.Server.Client;

/// <summary>Creates, deletes and describes topics.</summary>
internal sealed class TopicAdmin(KafkaClient client)
{
    private const short CreateVersion = 5;
    private const short DeleteVersion = 5;
    private const short DescribeConfigsVersion = 2;
    private const sbyte TopicResource = 2;
    private const sbyte DynamicTopicSource = 1;

    public async Task CreateAsync(
        string name, int partitions, short replicas, IEnumerable<KeyValuePair<string, string>> set,
        CancellationToken cancellationToken)
    {
        var controller = await client.ControllerAsync(cancellationToken).ConfigureAwait(false);
        var response = await controller.AskAsync<CreateTopicsRequest, CreateTopicsResponse>(
            new CreateTopicsRequest
            {
                TimeoutMs = Limits.RequestTimeoutMs,
                Topics =
                [
                    new()
                    {
                        Name = name, NumPartitions = partitions, ReplicationFactor = replicas,
                        Configs = set.Select(one => new CreateTopicsRequest.CreatableTopicConfig
                        {
                            Name = one.Key, Value = one.Value,
                        }).ToList(),
                    },
                ],
            }, CreateVersion, cancellationToken).ConfigureAwait(false);
        var answer = response.Topics[0];
        Check(name, answer.ErrorCode, answer.ErrorMessage);
    }

    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        var controller = await client.ControllerAsync(cancellationToken).ConfigureAwait(false);
        var response = await controller.AskAsync<DeleteTopicsRequest, DeleteTopicsResponse>(
            new DeleteTopicsRequest
            {
                TimeoutMs = Limits.RequestTimeoutMs, TopicNames = [name],
            }, DeleteVersion, cancellationToken).ConfigureAwait(false);
        var answer = response.Responses[0];
        Check(name, answer.ErrorCode, answer.ErrorMessage);
    }

    /// <summary>What was set on the topic itself.</summary>
    public async Task<List<KeyValuePair<string, string?>>> ConfigsAsync(
        string name, CancellationToken cancellationToken)
    {
        var controller = await client.ControllerAsync(cancellationToken).ConfigureAwait(false);
        var response = await controller.AskAsync<DescribeConfigsRequest, DescribeConfigsResponse>(
            new DescribeConfigsRequest
            {
                Resources = [new() { ResourceType = TopicResource, ResourceName = name }],
            }, DescribeConfigsVersion, cancellationToken).ConfigureAwait(false);
        var answer = response.Results[0];
        Check(name, answer.ErrorCode, answer.ErrorMessage);
        return answer.Configs.Where(one => one.ConfigSource == DynamicTopicSource)
            .Select(one => KeyValuePair.Create(one.Name, one.Value)).ToList();
    }

    private static void Check(string name, short code, string? message)
    {
        if (code != ErrorNames.None)
            throw new ClientException($"Topic {name}: {ErrorNames.Of(code, message)}");
    }
}
