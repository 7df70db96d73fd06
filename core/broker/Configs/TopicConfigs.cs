using System.Globalization;
using Teralog.Abstractions;

namespace Teralog.Broker;

/// <summary>
/// What a topic's configuration comes to: its own entries, then the broker names that each topic
/// name stands for, then the default. Pure functions of the layers.
/// </summary>
internal static class TopicConfigs
{
    private const long MillisecondsPerMinute = 60_000;
    private const long MillisecondsPerHour = 3_600_000;

    /// <summary>The value in force; null where there is none.</summary>
    internal static string? Value(
        string name, IReadOnlyDictionary<string, string> entries, BrokerConfigs broker)
    {
        if (entries.TryGetValue(name, out string? own))
            return own;

        ConfigDefinition? definition = ConfigRegistry.Topics.Find(name);
        foreach (string synonym in definition?.Synonyms ?? [])
        {
            if (broker.Find(synonym) is { Value: { } value })
                return Convert(synonym, name, value);
        }

        return definition?.Default;
    }

    /// <summary>One entry as clients see it.</summary>
    internal static ConfigEntry Describe(
        ConfigDefinition definition, IReadOnlyDictionary<string, string> entries,
        BrokerConfigs broker)
    {
        List<ConfigSynonym> chain = Chain(definition, broker);
        if (entries.TryGetValue(definition.Name, out string? own))
            chain.Insert(0, new(definition.Name, own, ConfigSource.DynamicTopic));

        ConfigSource source = chain.Count == 0 ? ConfigSource.Default : chain[0].Source;
        return new(
            definition.Name, Value(definition.Name, entries, broker), source, IsReadOnly: false,
            definition.IsSensitive, definition.Type, definition.Documentation, chain);
    }

    // The default is that of the first name: the others stand for it in another unit.
    private static List<ConfigSynonym> Chain(ConfigDefinition definition, BrokerConfigs broker)
    {
        if (definition.Synonyms.Count == 0)
            return [];

        string first = definition.Synonyms[0];
        List<ConfigSynonym> chain = broker.Chain(definition.Synonyms, definition.IsSensitive);
        chain.RemoveAll(one => one.Source == ConfigSource.Default && one.Name != first);
        return chain;
    }

    private static string Convert(string from, string to, string value)
    {
        long factor = from.EndsWith(".hours", StringComparison.Ordinal) ? MillisecondsPerHour
            : from.EndsWith(".minutes", StringComparison.Ordinal) ? MillisecondsPerMinute
            : 1;
        if (factor == 1 || !to.EndsWith(".ms", StringComparison.Ordinal))
            return value;

        long number = long.Parse(value, CultureInfo.InvariantCulture);
        long converted = number < 0 ? -1 : number * factor;
        return converted.ToString(CultureInfo.InvariantCulture);
    }
}
