using Teralog.Abstractions;

namespace Teralog.Broker;

/// <summary>The broker's configuration as clients see it.</summary>
internal static class BrokerEntries
{
    /// <summary>All of one broker; names with a listener's prefix and foreign names only where
    /// they are set.</summary>
    internal static IReadOnlyList<ConfigEntry> OfBroker(
        BrokerConfigs configs, IReadOnlyCollection<string>? names)
    {
        IEnumerable<ConfigEntry> known = ConfigRegistry.Brokers.All
            .Where(one => names?.Contains(one.Name)
                ?? (!one.IsHidden || configs.Find(one.Name) is not null))
            .Select(one => Describe(one.Name, one, configs, Chain(one, configs)));
        IEnumerable<ConfigEntry> prefixed = configs.Settings.Entries.Keys
            .Concat(configs.PerBroker.Keys)
            .Distinct()
            .Select(name => (Name: name, Definition: ConfigRegistry.Brokers.Find(name)))
            .Where(one => one.Definition is not null && one.Definition.Name != one.Name)
            .Where(one => names?.Contains(one.Name) ?? true)
            .Select(one => Describe(
                one.Name, one.Definition!, configs,
                configs.Chain([one.Name], one.Definition!.IsSensitive)));
        return [.. known.Concat(prefixed)];
    }

    /// <summary>What is set for all brokers at run time.</summary>
    internal static IReadOnlyList<ConfigEntry> OfCluster(
        BrokerConfigs configs, IReadOnlyCollection<string>? names) =>
        [.. configs.ClusterWide
            .Where(one => names?.Contains(one.Key) ?? true)
            .OrderBy(one => one.Key, StringComparer.Ordinal)
            .Select(one => (one.Key, one.Value, Definition: ConfigRegistry.Brokers.Find(one.Key)))
            .Where(one => one.Definition is not null)
            .Select(one => Describe(one.Key, one.Value, one.Definition!))];

    private static ConfigEntry Describe(string name, string value, ConfigDefinition definition)
    {
        string? shown = definition.IsSensitive ? null : value;
        return new(
            name, shown, ConfigSource.DynamicDefaultBroker, IsReadOnly(definition),
            definition.IsSensitive, definition.Type, definition.Documentation,
            [new(name, shown, ConfigSource.DynamicDefaultBroker)]);
    }

    private static ConfigEntry Describe(
        string name, ConfigDefinition definition, BrokerConfigs configs,
        List<ConfigSynonym> chain)
    {
        ConfigSource source = chain.Count > 0 ? chain[0].Source : ConfigSource.Default;
        string? value = configs.Get(name);
        return new(
            name, definition.IsSensitive ? null : value, source, IsReadOnly(definition),
            definition.IsSensitive, definition.Type, definition.Documentation, chain);
    }

    // As Kafka does it: the chain begins with the name itself, synonyms that are asked before it
    // are left out.
    private static List<ConfigSynonym> Chain(ConfigDefinition definition, BrokerConfigs configs)
    {
        string[] weaker = [.. definition.Synonyms.Where(one => IsFiner(definition.Name, one))];
        List<ConfigSynonym> chain = configs.Chain(
            [definition.Name, .. weaker], definition.IsSensitive);
        int start = chain.FindIndex(one => one.Name == definition.Name);
        return start < 0 ? [] : chain[start..];
    }

    // Only a coarser unit stands behind a finer one.
    private static bool IsFiner(string name, string other) => UnitOf(name) < UnitOf(other);

    private static int UnitOf(string name) =>
        name.EndsWith(".hours", StringComparison.Ordinal) ? 2
        : name.EndsWith(".minutes", StringComparison.Ordinal) ? 1
        : 0;

    private static bool IsReadOnly(ConfigDefinition definition) =>
        definition.Update == ConfigUpdate.ReadOnly;
}
