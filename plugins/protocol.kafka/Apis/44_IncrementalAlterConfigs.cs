using Teralog.Abstractions;
using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// IncrementalAlterConfigs (44), versions 0-1: sets, deletes, appends and subtracts single entries
/// (KIP-339). A resource or a key that is named twice is INVALID_REQUEST.
/// </summary>
internal sealed class IncrementalAlterConfigsApi()
    : ColdApi<IncrementalAlterConfigsRequest, IncrementalAlterConfigsResponse>(
        "IncrementalAlterConfigs", first: 0, last: 1)
{
    /// <inheritdoc/>
    protected override async ValueTask<IncrementalAlterConfigsResponse> HandleAsync(
        IncrementalAlterConfigsRequest request, RequestContext context)
    {
        var response = new IncrementalAlterConfigsResponse();
        var twice = Repeated.Of(request.Resources, one => (one.ResourceType, one.ResourceName));
        foreach (var resource in request.Resources)
        {
            var result = twice.Contains((resource.ResourceType, resource.ResourceName))
                ? ConfigRefusals.NamedTwice
                : RefusalOf(resource)
                    ?? await AlterAsync(resource, request.ValidateOnly, context)
                        .ConfigureAwait(false);
            ConfigRefusals.Log(resource.ResourceName, result, context);
            response.Responses.Add(new()
            {
                ErrorCode = result.Error.ToWire(),
                ErrorMessage = result.Message,
                ResourceType = resource.ResourceType,
                ResourceName = resource.ResourceName,
            });
        }
        return response;
    }

    private static TopicResult? RefusalOf(
        IncrementalAlterConfigsRequest.AlterConfigsResource resource)
    {
        if (ConfigWire.KindFromWire(resource.ResourceType) == ConfigResourceKind.Unknown)
            return ConfigRefusals.UnknownType;
        if (resource.Configs.Any(one => !Enum.IsDefined((ConfigOperation)one.ConfigOperation)))
            return ConfigRefusals.UnknownOperation;
        return Repeated.Of(resource.Configs, one => one.Name).Count > 0
            ? ConfigRefusals.RepeatedKeys
            : null;
    }

    private static ValueTask<TopicResult> AlterAsync(
        IncrementalAlterConfigsRequest.AlterConfigsResource resource, bool validateOnly,
        RequestContext context) =>
        context.Broker.Configs.AlterAsync(
            new(ConfigWire.KindFromWire(resource.ResourceType), resource.ResourceName),
            [.. resource.Configs.Select(one => new ConfigChange(
                one.Name, (ConfigOperation)one.ConfigOperation, one.Value))],
            validateOnly, context.Closed);
}
