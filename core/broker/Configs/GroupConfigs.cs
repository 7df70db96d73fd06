using Teralog.Abstractions;

namespace Teralog.Broker;

/// <summary>A group's configuration: its own entries over the broker's (KIP-848).</summary>
internal static class GroupConfigs
{
    internal static ConfigDescription Describe(
        IReadOnlyDictionary<string, string> entries, BrokerConfigs broker,
        IReadOnlyCollection<string>? names) => new(
        BrokerError.None, null, [.. ConfigRegistry.Groups.All
            .Where(one => ConfigService.IsWanted(one, entries, names))
            .Select(one => DescribeOne(one, entries, broker))]);

    private static ConfigEntry DescribeOne(
        ConfigDefinition definition, IReadOnlyDictionary<string, string> entries,
        BrokerConfigs broker)
    {
        List<ConfigSynonym> chain = broker.Chain(definition.Synonyms, definition.IsSensitive);
        if (entries.TryGetValue(definition.Name, out string? own))
            chain.Insert(0, new(definition.Name, own, ConfigSource.DynamicGroup));

        ConfigSynonym? strongest = chain.FirstOrDefault();
        return new(
            definition.Name, strongest?.Value ?? definition.Default,
            strongest?.Source ?? ConfigSource.Default, IsReadOnly: false, definition.IsSensitive,
            definition.Type, definition.Documentation, chain);
    }
}
