using Teralog.Abstractions;
using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// DescribeConfigs (32), versions 1-4: effective values with their sources and synonyms.
/// </summary>
/// <remarks>Null or no keys mean all. 3: types and documentation (KIP-569).</remarks>
internal sealed class DescribeConfigsApi()
    : ColdApi<DescribeConfigsRequest, DescribeConfigsResponse>(
        "DescribeConfigs", first: 1, last: 4)
{
    /// <inheritdoc/>
    protected override ValueTask<DescribeConfigsResponse> HandleAsync(
        DescribeConfigsRequest request, RequestContext context) =>
        new(new DescribeConfigsResponse
        {
            Results = [.. request.Resources.Select(
                resource => Describe(resource, request, context))],
        });

    private static DescribeConfigsResponse.Result Describe(
        DescribeConfigsRequest.Resource asked, DescribeConfigsRequest request,
        RequestContext context)
    {
        var kind = ConfigWire.KindFromWire(asked.ResourceType);
        var description = kind == ConfigResourceKind.Unknown
            ? new ConfigDescription(BrokerError.InvalidRequest, "Unsupported resource type.", [])
            : context.Broker.Configs.Describe(
                new(kind, asked.ResourceName),
                asked.ConfigurationKeys is { Count: > 0 } keys ? keys : null);
        return new()
        {
            ErrorCode = description.Error.ToWire(),
            ErrorMessage = description.Message,
            ResourceType = asked.ResourceType,
            ResourceName = asked.ResourceName,
            Configs = [.. description.Entries.Select(entry => EntryOf(entry, request))],
        };
    }

    private static DescribeConfigsResponse.Resource EntryOf(
        ConfigEntry entry, DescribeConfigsRequest request) => new()
        {
            Name = entry.Name,
            Value = entry.Value,
            ReadOnly = entry.IsReadOnly,
            ConfigSource = ConfigWire.SourceToWire(entry.Source),
            IsSensitive = entry.IsSensitive,
            Synonyms = request.IncludeSynonyms ? SynonymsOf(entry) : [],
            ConfigType = ConfigWire.TypeToWire(entry.Type),
            Documentation = request.IncludeDocumentation ? entry.Documentation : null,
        };

    private static List<DescribeConfigsResponse.Synonym> SynonymsOf(ConfigEntry entry) =>
        [.. entry.Synonyms.Select(synonym => new DescribeConfigsResponse.Synonym
        {
            Name = synonym.Name,
            Value = synonym.Value,
            Source = ConfigWire.SourceToWire(synonym.Source),
        })];
}
