using System.Globalization;

namespace Teralog.Broker;

/// <summary>
/// The static configuration of a broker: what the property file and the command line set, over the
/// defaults. Immutable; entries that changed at run time are not in it.
/// </summary>
public sealed class BrokerSettings
{
    private BrokerSettings(IReadOnlyDictionary<string, string> entries)
    {
        Entries = entries;
        string? directories = Get("log.dirs") ?? Get("log.dir");
        LogDirectories = ConfigValues.SplitList(directories ?? "");
        NodeId = GetInt(Entries.ContainsKey("node.id") || !Entries.ContainsKey("broker.id")
            ? "node.id"
            : "broker.id");
    }

    /// <summary>What was set, by name.</summary>
    public IReadOnlyDictionary<string, string> Entries { get; }

    /// <summary>Number of this broker.</summary>
    public int NodeId { get; }

    /// <summary>Folders of the logs.</summary>
    public IReadOnlyList<string> LogDirectories { get; }

    /// <summary>Rack, or null.</summary>
    public string? Rack => Get("broker.rack");

    /// <summary>
    /// Checks all entries and makes the settings. <paramref name="errors"/> has one sentence for
    /// each thing that is wrong; the result is null where there is any.
    /// </summary>
    /// <param name="entries">Names and values, later ones win.</param>
    /// <param name="errors">What is wrong; empty where nothing is.</param>
    public static BrokerSettings? Create(
        IEnumerable<KeyValuePair<string, string>> entries, out IReadOnlyList<string> errors)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string name, string value) in entries)
            values[name] = value.Trim();

        List<string> found = [.. values.Select(one => Check(one.Key, one.Value)).OfType<string>()];
        if (!values.ContainsKey("log.dirs") && !values.ContainsKey("log.dir"))
            found.Add("log.dirs is not set: name the folder that the logs are kept in.");

        errors = found;
        return found.Count == 0 ? new BrokerSettings(values) : null;
    }

    /// <summary>What is wrong with one entry of a property file, or null: an unknown name (with the
    /// nearest known one) or a value that is refused.</summary>
    public static string? Check(string name, string value)
    {
        ConfigDefinition? definition = ConfigRegistry.Brokers.Find(name);
        if (definition is not null)
            return definition.Check(value);
        if (ConfigRegistry.IsForeign(name))
            return null;

        string? nearest = ConfigRegistry.Brokers.Nearest(name);
        return nearest is null
            ? $"Unknown configuration name: {name}."
            : $"Unknown configuration name: {name}. Did you mean {nearest}?";
    }

    /// <summary>The value of a name: what was set, or its default; null where there is
    /// none.</summary>
    public string? Get(string name) => Entries.TryGetValue(name, out string? value)
        ? value
        : ConfigRegistry.Brokers.Find(name)?.Default;

    /// <summary>A whole number that has a default.</summary>
    public int GetInt(string name) => int.Parse(Required(name), CultureInfo.InvariantCulture);

    /// <summary>A whole number that has a default.</summary>
    public long GetLong(string name) => long.Parse(Required(name), CultureInfo.InvariantCulture);

    /// <summary>True or false.</summary>
    public bool GetBoolean(string name) => bool.Parse(Required(name));

    private string Required(string name) => Get(name)
        ?? throw new InvalidOperationException($"{name} has no value and no default.");
}
