namespace Teralog.Abstractions;

/// <summary>Configuration of topics, brokers and groups, in Kafka's names and meanings.</summary>
public interface IConfigs
{
    /// <summary>
    /// Effective values with their sources. <paramref name="names"/> null means all; names that do
    /// not exist are left out.
    /// </summary>
    ConfigDescription Describe(ConfigResource resource, IReadOnlyCollection<string>? names);

    /// <summary>Changes single entries (KIP-339). Durable and in force when it returns.</summary>
    ValueTask<TopicResult> AlterAsync(
        ConfigResource resource, IReadOnlyList<ConfigChange> changes, bool validateOnly,
        CancellationToken cancellationToken);

    /// <summary>Replaces all dynamic entries of the resource by the given ones (KIP-133).</summary>
    ValueTask<TopicResult> ReplaceAsync(
        ConfigResource resource, IReadOnlyList<KeyValuePair<string, string?>> entries,
        bool validateOnly, CancellationToken cancellationToken);
}

/// <summary>What kind of thing a configuration belongs to.</summary>
public enum ConfigResourceKind
{
    /// <summary>A kind that this version does not know.</summary>
    Unknown = 0,
    /// <summary>A topic, by name.</summary>
    Topic,
    /// <summary>A broker, by node id; the empty name is the cluster-wide default.</summary>
    Broker,
    /// <summary>Log levels of a broker.</summary>
    BrokerLogger,
    /// <summary>A consumer group (KIP-848).</summary>
    Group,
    /// <summary>Client metrics subscriptions (KIP-714).</summary>
    ClientMetrics,
}

/// <summary>Names one configured thing.</summary>
public readonly record struct ConfigResource(ConfigResourceKind Kind, string Name);

/// <summary>What to do with an entry.</summary>
public enum ConfigOperation
{
    /// <summary>Set the value.</summary>
    Set = 0,
    /// <summary>Remove it: the default comes back.</summary>
    Delete = 1,
    /// <summary>Append to a list.</summary>
    Append = 2,
    /// <summary>Remove from a list.</summary>
    Subtract = 3,
}

/// <summary>One change.</summary>
public readonly record struct ConfigChange(string Name, ConfigOperation Operation, string? Value);

/// <summary>Where a value comes from, strongest first.</summary>
public enum ConfigSource
{
    /// <summary>Not known.</summary>
    Unknown = 0,
    /// <summary>Set on the topic.</summary>
    DynamicTopic,
    /// <summary>Set on this broker at run time.</summary>
    DynamicBroker,
    /// <summary>Set for all brokers at run time.</summary>
    DynamicDefaultBroker,
    /// <summary>From the configuration file or command line.</summary>
    StaticBroker,
    /// <summary>Built in.</summary>
    Default,
    /// <summary>Set on the group.</summary>
    DynamicGroup,
}

/// <summary>Type of a value.</summary>
public enum ConfigValueType
{
    /// <summary>Not known.</summary>
    Unknown = 0,
    /// <summary>true or false.</summary>
    Boolean,
    /// <summary>Text.</summary>
    String,
    /// <summary>32-bit integer.</summary>
    Int,
    /// <summary>16-bit integer.</summary>
    Short,
    /// <summary>64-bit integer.</summary>
    Long,
    /// <summary>Floating point.</summary>
    Double,
    /// <summary>Comma-separated list.</summary>
    List,
    /// <summary>Class name.</summary>
    Class,
    /// <summary>Secret.</summary>
    Password,
}

/// <summary>All entries of a resource, or why there are none.</summary>
public sealed record ConfigDescription(
    BrokerError Error, string? Message, IReadOnlyList<ConfigEntry> Entries);

/// <summary>One effective entry; the value is null where it is secret or not set.</summary>
public sealed record ConfigEntry(
    string Name, string? Value, ConfigSource Source, bool IsReadOnly, bool IsSensitive,
    ConfigValueType Type, string? Documentation, IReadOnlyList<ConfigSynonym> Synonyms);

/// <summary>One level of the chain that gives an entry its value, strongest first.</summary>
public sealed record ConfigSynonym(string Name, string? Value, ConfigSource Source);
