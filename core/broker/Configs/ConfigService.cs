using System.Globalization;
using System.Text;
using Teralog.Abstractions;
using Teralog.Metadata;

namespace Teralog.Broker;

/// <summary>
/// Describes and changes configurations. Changes are jobs of the admin thread: checked, stored by
/// compare-and-set, then put in force before the caller is answered.
/// </summary>
internal sealed class ConfigService(
    IMetadataStore store, BrokerConfigs configs, TopicRegistry topics, WorkQueue admin) : IConfigs
{
    private static readonly TopicResult Refused = new(
        BrokerError.BrokerNotAvailable, "The broker stops.");

    private string NodeName =>
        configs.Settings.NodeId.ToString(CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public ConfigDescription Describe(
        ConfigResource resource, IReadOnlyCollection<string>? names)
    {
        switch (resource.Kind)
        {
            case ConfigResourceKind.Topic:
                return DescribeTopic(resource.Name, names);
            case ConfigResourceKind.Broker:
                return DescribeBroker(resource.Name, names);
            case ConfigResourceKind.Group:
                return GroupConfigs.Describe(
                    store.ReadEntries(MetadataKeys.GroupConfig(resource.Name)), configs, names);
            case ConfigResourceKind.Unknown:
            case ConfigResourceKind.BrokerLogger:
            case ConfigResourceKind.ClientMetrics:
            default:
                return Failed(NotServed(resource.Kind));
        }
    }

    /// <inheritdoc/>
    public ValueTask<TopicResult> AlterAsync(
        ConfigResource resource, IReadOnlyList<ConfigChange> changes, bool validateOnly,
        CancellationToken cancellationToken) => admin.RunAsync(
            () => Change(
                resource, validateOnly,
                (ConfigRegistry registry, string scope,
                    IReadOnlyDictionary<string, string> present,
                    out IReadOnlyDictionary<string, string> entries) => ConfigChanges.Apply(
                        registry, scope, present, changes, name => Effective(resource, name),
                        out entries)),
            Refused, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<TopicResult> ReplaceAsync(
        ConfigResource resource, IReadOnlyList<KeyValuePair<string, string?>> entries,
        bool validateOnly, CancellationToken cancellationToken) => admin.RunAsync(
            () => Change(
                resource, validateOnly,
                (ConfigRegistry registry, string scope,
                    IReadOnlyDictionary<string, string> _,
                    out IReadOnlyDictionary<string, string> result) => ConfigChanges.Replace(
                        registry, scope, entries, out result)),
            Refused, cancellationToken);

    private delegate TopicResult Edit(
        ConfigRegistry registry, string scope, IReadOnlyDictionary<string, string> present,
        out IReadOnlyDictionary<string, string> entries);

    private TopicResult Change(ConfigResource resource, bool validateOnly, Edit edit)
    {
        TopicResult located = Locate(
            resource, out string key, out ConfigRegistry registry, out string scope);
        if (located.Error != BrokerError.None)
            return located;

        TopicResult edited = edit(
            registry, scope, store.ReadEntries(key),
            out IReadOnlyDictionary<string, string> entries);
        if (edited.Error != BrokerError.None || validateOnly)
            return edited;

        TopicResult committed = store.CommitNow(
            new MetadataTransaction().RequireAsSeen(store, key).PutEntries(key, entries));
        if (committed.Error == BrokerError.None)
            PutInForce(resource, entries);
        return committed;
    }

    private TopicResult Locate(
        ConfigResource resource, out string key, out ConfigRegistry registry, out string scope)
    {
        (key, registry, scope) = ("", ConfigRegistry.Brokers, "broker");
        switch (resource.Kind)
        {
            case ConfigResourceKind.Topic:
                (registry, scope) = (ConfigRegistry.Topics, "topic");
                if (topics.Snapshot.Find(resource.Name) is not { } topic)
                    return UnknownTopic(resource.Name);
                key = MetadataKeys.TopicConfig(topic.Identity.Id);
                return default;
            case ConfigResourceKind.Broker:
                key = resource.Name.Length == 0
                    ? MetadataKeys.ClusterConfig
                    : MetadataKeys.BrokerConfig(configs.Settings.NodeId);
                return CheckNode(resource.Name);
            case ConfigResourceKind.Group:
                (registry, scope) = (ConfigRegistry.Groups, "group");
                key = MetadataKeys.GroupConfig(resource.Name);
                return CheckGroup(resource.Name);
            case ConfigResourceKind.Unknown:
            case ConfigResourceKind.BrokerLogger:
            case ConfigResourceKind.ClientMetrics:
            default:
                return NotServed(resource.Kind);
        }
    }

    private void PutInForce(ConfigResource resource, IReadOnlyDictionary<string, string> entries)
    {
        if (resource.Kind == ConfigResourceKind.Topic)
        {
            topics.Apply(resource.Name, TopicSettings.Resolve(entries, configs));
        }
        else if (resource.Kind == ConfigResourceKind.Broker)
        {
            if (resource.Name.Length == 0)
                configs.ClusterWide = entries;
            else
                configs.PerBroker = entries;
            topics.ApplyDefaults();
        }
    }

    private string? Effective(ConfigResource resource, string name) => resource.Kind switch
    {
        ConfigResourceKind.Topic => topics.Snapshot.Find(resource.Name) is { } topic
            ? TopicConfigs.Value(name, topic.Settings.Entries, configs)
            : null,
        ConfigResourceKind.Broker => configs.Get(name),
        _ => null,
    };

    private ConfigDescription DescribeTopic(string name, IReadOnlyCollection<string>? names)
    {
        if (topics.Snapshot.Find(name) is not { } topic)
        {
            return Failed(
                TopicNames.Check(name) is { } invalid
                    ? new(BrokerError.InvalidTopic, invalid)
                    : UnknownTopic(name));
        }

        IReadOnlyDictionary<string, string> entries = topic.Settings.Entries;
        return new(BrokerError.None, null, [.. ConfigRegistry.Topics.All
            .Where(one => IsWanted(one, entries, names))
            .Select(one => TopicConfigs.Describe(one, entries, configs))]);
    }

    private ConfigDescription DescribeBroker(string name, IReadOnlyCollection<string>? names)
    {
        TopicResult checkedNode = CheckNode(name);
        if (checkedNode.Error != BrokerError.None)
            return Failed(checkedNode);

        return new(BrokerError.None, null, name.Length == 0
            ? BrokerEntries.OfCluster(configs, names)
            : BrokerEntries.OfBroker(configs, names));
    }

    private TopicResult CheckNode(string name) => name.Length == 0 || name == NodeName
        ? default
        : new(
            BrokerError.InvalidRequest,
            $"Unexpected broker id, expected {NodeName} or empty string, but received {name}");

    private static TopicResult CheckGroup(string name) =>
        name.Length == 0 || Encoding.UTF8.GetByteCount(name) > Limits.GroupNameBytesMax
            ? new(BrokerError.InvalidRequest, "The group name is empty or too long.")
            : default;

    internal static bool IsWanted(
        ConfigDefinition definition, IReadOnlyDictionary<string, string> entries,
        IReadOnlyCollection<string>? names) => names is null
            ? !definition.IsHidden || entries.ContainsKey(definition.Name)
            : names.Contains(definition.Name);

    private static ConfigDescription Failed(TopicResult result) =>
        new(result.Error, result.Message, []);

    private static TopicResult UnknownTopic(string name) => new(
        BrokerError.UnknownTopicOrPartition, $"The topic '{name}' does not exist.");

    private static TopicResult NotServed(ConfigResourceKind kind) => new(
        BrokerError.InvalidRequest, $"Configurations of the kind {kind} are not served.");
}
