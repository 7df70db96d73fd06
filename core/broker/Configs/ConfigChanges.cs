using Teralog.Abstractions;

namespace Teralog.Broker;

/// <summary>
/// What a list of changes makes of a set of entries: pure functions. Nothing is changed where one
/// of them is refused.
/// </summary>
internal static class ConfigChanges
{
    /// <summary>The entries of a new topic, or those that replace all (KIP-133).</summary>
    internal static TopicResult Replace(
        ConfigRegistry registry, string scope,
        IReadOnlyList<KeyValuePair<string, string?>> wanted,
        out IReadOnlyDictionary<string, string> entries)
    {
        var changes = new List<ConfigChange>();
        entries = MetadataCommits.NoEntries;
        foreach ((string name, string? value) in wanted)
        {
            if (value is null)
            {
                return new(
                    BrokerError.InvalidConfig,
                    $"Null value not supported for {scope} configs: {name}");
            }

            changes.Add(new(name, ConfigOperation.Set, value));
        }

        return Apply(registry, scope, entries, changes, _ => null, out entries);
    }

    /// <summary>Single changes on top of what is there (KIP-339).</summary>
    /// <param name="registry">The names of the scope.</param>
    /// <param name="scope">For sentences: topic, broker, group.</param>
    /// <param name="present">What is set now.</param>
    /// <param name="changes">What is asked.</param>
    /// <param name="effective">The value in force, which list changes start from.</param>
    /// <param name="entries">What is set afterwards.</param>
    internal static TopicResult Apply(
        ConfigRegistry registry, string scope, IReadOnlyDictionary<string, string> present,
        IReadOnlyList<ConfigChange> changes, Func<string, string?> effective,
        out IReadOnlyDictionary<string, string> entries)
    {
        entries = present;
        var result = new Dictionary<string, string>(present, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (ConfigChange change in changes)
        {
            if (!seen.Add(change.Name))
                return new(BrokerError.InvalidRequest, "Error due to duplicate config keys");

            TopicResult applied = ApplyOne(registry, scope, result, change, effective);
            if (applied.Error != BrokerError.None)
                return applied;
        }

        entries = result;
        return default;
    }

    private static TopicResult ApplyOne(
        ConfigRegistry registry, string scope, Dictionary<string, string> entries,
        ConfigChange change, Func<string, string?> effective)
    {
        ConfigDefinition? definition = registry.Find(change.Name);
        if (definition is null)
            return UnknownName(scope, change);
        if (definition.Update == ConfigUpdate.ReadOnly)
        {
            return new(
                BrokerError.InvalidRequest,
                $"Cannot update these configs dynamically: {change.Name}");
        }

        if (change.Operation == ConfigOperation.Delete)
        {
            entries.Remove(change.Name);
            return default;
        }

        if (change.Value is null)
        {
            return new(
                BrokerError.InvalidRequest, $"Null value not supported for : {change.Name}");
        }

        if (change.Value.Length > Limits.ConfigValueCharsMax)
        {
            return new(
                BrokerError.InvalidConfig,
                $"The value of {change.Name} is longer than {Limits.ConfigValueCharsMax}.");
        }

        return SetOne(definition, entries, change, change.Value, effective);
    }

    private static TopicResult SetOne(
        ConfigDefinition definition, Dictionary<string, string> entries, ConfigChange change,
        string value, Func<string, string?> effective)
    {
        if (change.Operation != ConfigOperation.Set)
        {
            if (definition.Type != ConfigValueType.List)
            {
                string verb = change.Operation == ConfigOperation.Append ? "APPEND" : "SUBTRACT";
                return new(
                    BrokerError.InvalidConfig,
                    $"Can't {verb} to key {change.Name} because its type is not LIST.");
            }

            string[] present = ConfigValues.SplitList(
                entries.GetValueOrDefault(change.Name) ?? effective(change.Name) ?? "");
            string[] items = ConfigValues.SplitList(value);
            value = ConfigValues.JoinList(change.Operation == ConfigOperation.Append
                ? present.Concat(items.Where(one => !present.Contains(one)))
                : present.Where(one => !items.Contains(one)));
        }

        string? error = definition.Check(value);
        if (error is not null)
            return new(BrokerError.InvalidConfig, error);

        entries[change.Name] = value.Trim();
        return default;
    }

    // Taking away what is not known does no harm, and tools do it.
    private static TopicResult UnknownName(string scope, ConfigChange change) =>
        change.Operation == ConfigOperation.Delete && scope == "broker"
            ? default
            : new(BrokerError.InvalidConfig, $"Unknown {scope} config name: {change.Name}");
}
