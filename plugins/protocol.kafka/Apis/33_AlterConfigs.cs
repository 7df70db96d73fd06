using Teralog.Abstractions;
using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// AlterConfigs (33), versions 0-2: replaces all entries of a resource (KIP-133). A resource that
/// is named twice is INVALID_REQUEST.
/// </summary>
internal sealed class AlterConfigsApi()
    : ColdApi<AlterConfigsRequest, AlterConfigsResponse>("AlterConfigs", first: 0, last: 2)
{
    /// <inheritdoc/>
    protected override async ValueTask<AlterConfigsResponse> HandleAsync(
        AlterConfigsRequest request, RequestContext context)
    {
        var response = new AlterConfigsResponse();
        var twice = Repeated.Of(request.Resources, one => (one.ResourceType, one.ResourceName));
        foreach (var resource in request.Resources)
        {
            var kind = ConfigWire.KindFromWire(resource.ResourceType);
            var result = twice.Contains((resource.ResourceType, resource.ResourceName))
                ? ConfigRefusals.NamedTwice
                : kind == ConfigResourceKind.Unknown
                ? ConfigRefusals.UnknownType
                : await context.Broker.Configs.ReplaceAsync(
                    new(kind, resource.ResourceName),
                    [.. resource.Configs.Select(one => KeyValuePair.Create(one.Name, one.Value))],
                    request.ValidateOnly, context.Closed).ConfigureAwait(false);
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
}
