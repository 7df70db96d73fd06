using System.Globalization;
using Teralog.Abstractions;

namespace Teralog.Broker;

/// <summary>
/// The broker's configuration in its four layers: dynamic for this broker, dynamic for all, static,
/// default. Layers are replaced as a whole by the admin thread; any thread may read.
/// </summary>
internal sealed class BrokerConfigs(BrokerSettings settings)
{
    private static readonly IReadOnlyDictionary<string, string> Nothing =
        new Dictionary<string, string>();

    private volatile IReadOnlyDictionary<string, string> _perBroker = Nothing;
    private volatile IReadOnlyDictionary<string, string> _clusterWide = Nothing;

    internal BrokerSettings Settings { get; } = settings;

    internal IReadOnlyDictionary<string, string> PerBroker
    {
        get => _perBroker;
        set => _perBroker = value;
    }

    internal IReadOnlyDictionary<string, string> ClusterWide
    {
        get => _clusterWide;
        set => _clusterWide = value;
    }

    /// <summary>The value of one name, its synonyms not asked; null where there is none.</summary>
    internal string? Get(string name) => Find(name)?.Value
        ?? ConfigRegistry.Brokers.Find(name)?.Default;

    internal int GetInt(string name) => int.Parse(Required(name), CultureInfo.InvariantCulture);

    internal long GetLong(string name) => long.Parse(Required(name), CultureInfo.InvariantCulture);

    internal bool GetBoolean(string name) => bool.Parse(Required(name));

    /// <summary>The strongest layer that sets one name; null where only the default is left.
    /// </summary>
    internal ConfigSynonym? Find(string name)
    {
        if (PerBroker.TryGetValue(name, out string? value))
            return new(name, value, ConfigSource.DynamicBroker);
        if (ClusterWide.TryGetValue(name, out value))
            return new(name, value, ConfigSource.DynamicDefaultBroker);
        return Settings.Entries.TryGetValue(name, out value)
            ? new(name, value, ConfigSource.StaticBroker)
            : null;
    }

    /// <summary>
    /// The chain of the names given, layer by layer, strongest first; with the default of each name
    /// that has one at the end.
    /// </summary>
    internal List<ConfigSynonym> Chain(IEnumerable<string> names, bool isSensitive)
    {
        string[] all = [.. names];
        var chain = new List<ConfigSynonym>();
        AddLayer(chain, all, PerBroker, ConfigSource.DynamicBroker, isSensitive);
        AddLayer(chain, all, ClusterWide, ConfigSource.DynamicDefaultBroker, isSensitive);
        AddLayer(chain, all, Settings.Entries, ConfigSource.StaticBroker, isSensitive);
        foreach (string name in all)
        {
            if (ConfigRegistry.Brokers.Find(name)?.Default is { } value)
                chain.Add(new(name, isSensitive ? null : value, ConfigSource.Default));
        }

        return chain;
    }

    private static void AddLayer(
        List<ConfigSynonym> chain, string[] names, IReadOnlyDictionary<string, string> layer,
        ConfigSource source, bool isSensitive)
    {
        foreach (string name in names)
        {
            if (layer.TryGetValue(name, out string? value))
                chain.Add(new(name, isSensitive ? null : value, source));
        }
    }

    private string Required(string name) => Get(name)
        ?? throw new InvalidOperationException($"{name} has no value and no default.");
}
