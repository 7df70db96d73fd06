using Teralog.Abstractions;

namespace Teralog.Protocol.Kafka.Tests;

/// <summary>One setting by topic: compression.type, zstd where the topic's name says so.</summary>
internal sealed class FakeConfigs : IConfigs
{
    public ConfigDescription Describe(
        ConfigResource resource, IReadOnlyCollection<string>? names)
    {
        var value = resource.Name.Contains("zstd", StringComparison.Ordinal) ? "zstd" : "producer";
        return new(BrokerError.None, null,
        [
            new("compression.type", value, ConfigSource.DynamicTopic, false, false,
                ConfigValueType.String, "Codec of the topic.", []),
        ]);
    }

    public ValueTask<TopicResult> AlterAsync(
        ConfigResource resource, IReadOnlyList<ConfigChange> changes, bool validateOnly,
        CancellationToken cancellationToken) => new(new TopicResult(BrokerError.None, null));

    public ValueTask<TopicResult> ReplaceAsync(
        ConfigResource resource, IReadOnlyList<KeyValuePair<string, string?>> entries,
        bool validateOnly, CancellationToken cancellationToken) =>
        new(new TopicResult(BrokerError.None, null));
}
