using Teralog.Abstractions;
using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// DeleteTopics (20), versions 1-6.
/// </summary>
/// <remarks>
/// 3: TOPIC_DELETION_DISABLED has a code of its own, INVALID_REQUEST before (KIP-322). 5: errors
/// in words. 6: by name or by id (KIP-516); a topic named twice is INVALID_REQUEST.
/// </remarks>
internal sealed class DeleteTopicsApi()
    : ColdApi<DeleteTopicsRequest, DeleteTopicsResponse>("DeleteTopics", first: 1, last: 6)
{
    private const short DisabledHasCodeFrom = 3;
    private const short StatesFrom = 6;

    /// <inheritdoc/>
    protected override async ValueTask<DeleteTopicsResponse> HandleAsync(
        DeleteTopicsRequest request, RequestContext context)
    {
        var asked = context.Version >= StatesFrom
            ? request.Topics.Select(state => (state.Name, state.TopicId)).ToList()
            : [.. request.TopicNames.Select(name => ((string?)name, Guid.Empty))];
        var twice = Repeated.Of(asked, one => one);
        var response = new DeleteTopicsResponse();
        foreach (var (name, topicId) in asked.Distinct())
        {
            response.Responses.Add(twice.Contains((name, topicId))
                ? Answer(name, topicId, ErrorCode.InvalidRequest, "Duplicate topic.")
                : await DeleteAsync(name, topicId, context).ConfigureAwait(false));
        }
        return response;
    }

    private static async ValueTask<DeleteTopicsResponse.DeletableTopic> DeleteAsync(
        string? name, Guid topicId, RequestContext context)
    {
        if ((name is null) == (topicId == Guid.Empty))
        {
            return Answer(
                name, topicId, ErrorCode.InvalidRequest, "Give a topic name or a topic id.");
        }
        var topic = name is null
            ? context.Broker.Topics.Find(topicId)
            : context.Broker.Topics.Find(name);
        if (topic is null)
        {
            return Answer(name, topicId, name is null
                ? ErrorCode.UnknownTopicId
                : ErrorCode.UnknownTopicOrPartition, null);
        }
        var deleted = await context.Broker.Topics.DeleteAsync(topic.Name, context.Closed)
            .ConfigureAwait(false);
        if (deleted.Error != BrokerError.None)
            context.LogRefused(deleted.Error.ToCode(), $"topic {topic.Name}: {deleted.Message}");
        return Answer(
            topic.Name, topic.TopicId, CodeFor(deleted.Error, context.Version), deleted.Message);
    }

    private static ErrorCode CodeFor(BrokerError error, short version) =>
        error == BrokerError.TopicDeletionDisabled && version < DisabledHasCodeFrom
            ? ErrorCode.InvalidRequest
            : error.ToCode();

    private static DeleteTopicsResponse.DeletableTopic Answer(
        string? name, Guid topicId, ErrorCode error, string? message) => new()
        {
            Name = name,
            TopicId = topicId,
            ErrorCode = (short)error,
            ErrorMessage = message,
        };
}
