using System.Collections.Frozen;
using System.Reflection;
using Teralog.Abstractions;

namespace Teralog.Broker;

/// <summary>
/// All configuration names of one scope: Kafka's and our own. The tables are the embedded
/// <c>*.configs</c> files of this folder; their first line names the columns.
/// </summary>
public sealed class ConfigRegistry
{
    private const string ListenerPrefix = "listener.name.";
    private const string NoValue = "null";

    // Families that Kafka or its scripts know and that mean nothing here.
    private static readonly string[] ForeignPrefixes =
        ["zookeeper.", "log4j.", "com.sun.management.", "control.plane.", "confluent.", "metrics."];

    // Single names that older Kafkas knew.
    private static readonly FrozenSet<string> ForeignNames = FrozenSet.Create(
        StringComparer.Ordinal, "advertised.host.name", "advertised.port", "host.name", "port",
        "log.message.format.version", "log.message.downconversion.enable",
        "log.message.timestamp.difference.max.ms", "broker.id.generation.enable",
        "reserved.broker.max.id", "password.encoder.secret", "quota.producer.default",
        "quota.consumer.default", "offsets.commit.required.acks", "broker.config.version",
        "leader.imbalance.per.broker.percentage", "group.coordinator.new.enable",
        "early.start.listeners", "enable.zookeeper.migration", "authorizer.class.name");

    private readonly FrozenDictionary<string, ConfigDefinition> _byName;

    private ConfigRegistry(string resource)
    {
        ConfigDefinition[] definitions = Read(resource);
        All = definitions;
        _byName = definitions.ToFrozenDictionary(one => one.Name, StringComparer.Ordinal);
    }

    /// <summary>Names of a broker: the property file, <c>--set</c>, dynamic broker
    /// entries.</summary>
    public static ConfigRegistry Brokers { get; } = new("broker.configs");

    /// <summary>Names of a topic.</summary>
    public static ConfigRegistry Topics { get; } = new("topic.configs");

    /// <summary>Names of a group.</summary>
    public static ConfigRegistry Groups { get; } = new("group.configs");

    /// <summary>All definitions, ordered by name (ordinal).</summary>
    public IReadOnlyList<ConfigDefinition> All { get; }

    /// <summary>
    /// The definition of a name, or null. A broker name may carry the prefix
    /// <c>listener.name.NAME.</c> (KIP-103): the definition of the rest is meant.
    /// </summary>
    public ConfigDefinition? Find(string name)
    {
        if (_byName.TryGetValue(name, out ConfigDefinition? found))
            return found;
        if (this != Brokers || !name.StartsWith(ListenerPrefix, StringComparison.Ordinal))
            return null;

        // SASL settings have the mechanism between the listener and the name.
        for (int dot = name.IndexOf('.', ListenerPrefix.Length); dot >= 0;)
        {
            if (_byName.TryGetValue(name[(dot + 1)..], out found))
                return found;
            dot = name.IndexOf('.', dot + 1);
        }

        return null;
    }

    /// <summary>Whether a name that has no definition is Kafka's all the same: accepted in a
    /// property file with a warning, without effect.</summary>
    public static bool IsForeign(string name) => ForeignNames.Contains(name)
        || Array.Exists(ForeignPrefixes, one => name.StartsWith(one, StringComparison.Ordinal));

    /// <summary>The name that was probably meant, or null where none is near.</summary>
    public string? Nearest(string name)
    {
        string? best = null;
        int bestDistance = Math.Max(2, name.Length / 3) + 1;
        foreach (ConfigDefinition definition in All)
        {
            int distance = EditDistance.Between(name, definition.Name, bestDistance);
            if (distance < bestDistance)
                (best, bestDistance) = (definition.Name, distance);
        }

        return best;
    }

    private static ConfigDefinition[] Read(string resource)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The resource {resource} is missing.");
        using var reader = new StreamReader(stream);
        var definitions = new List<ConfigDefinition>();
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
                definitions.Add(Parse(line.Split('\t')));
        }

        return [.. definitions.OrderBy(one => one.Name, StringComparer.Ordinal)];
    }

    private static ConfigDefinition Parse(string[] columns) => new(
        columns[0],
        Enum.Parse<ConfigValueType>(columns[1], ignoreCase: true),
        columns[2] == NoValue ? null : columns[2],
        columns[3],
        columns[4] switch
        {
            "read-only" => ConfigUpdate.ReadOnly,
            "per-broker" => ConfigUpdate.PerBroker,
            "cluster-wide" => ConfigUpdate.ClusterWide,
            "topic" => ConfigUpdate.Topic,
            _ => ConfigUpdate.Group,
        },
        columns[5].Contains("effect", StringComparison.Ordinal),
        columns[5].Contains("hidden", StringComparison.Ordinal),
        ConfigValues.SplitList(columns[6]),
        columns[7]);
}
