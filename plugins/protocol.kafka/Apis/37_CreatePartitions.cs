using Teralog.Abstractions;
using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// CreatePartitions (37), versions 0-3: raises the number of partitions of topics (KIP-195). A
/// topic that is named twice is INVALID_REQUEST.
/// </summary>
internal sealed class CreatePartitionsApi()
    : ColdApi<CreatePartitionsRequest, CreatePartitionsResponse>(
        "CreatePartitions", first: 0, last: 3)
{
    /// <inheritdoc/>
    protected override async ValueTask<CreatePartitionsResponse> HandleAsync(
        CreatePartitionsRequest request, RequestContext context)
    {
        var response = new CreatePartitionsResponse();
        var twice = Repeated.Of(request.Topics, topic => topic.Name);
        foreach (var topic in request.Topics.DistinctBy(topic => topic.Name))
        {
            var result = twice.Contains(topic.Name)
                ? new TopicResult(BrokerError.InvalidRequest, "Duplicate topic in request.")
                : await context.Broker.Topics.CreatePartitionsAsync(
                    topic.Name, topic.Count,
                    topic.Assignments?.Select(one => (IReadOnlyList<int>)one.BrokerIds).ToList(),
                    request.ValidateOnly, context.Closed).ConfigureAwait(false);
            if (result.Error != BrokerError.None)
                context.LogRefused(result.Error.ToCode(), $"topic {topic.Name}: {result.Message}");
            response.Results.Add(new()
            {
                Name = topic.Name,
                ErrorCode = result.Error.ToWire(),
                ErrorMessage = result.Message,
            });
        }
        return response;
    }
}
