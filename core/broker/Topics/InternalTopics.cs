using System.Globalization;
using Teralog.Abstractions;

namespace Teralog.Broker;

/// <summary>How the broker's own topics are made. Copies are clamped to the brokers there are:
/// a single node must not wait for two others.</summary>
internal static class InternalTopics
{
    internal static NewTopic Describe(string name, BrokerConfigs configs, int replicasMax)
    {
        string family = name == TopicNames.ConsumerOffsets
            ? "offsets.topic"
            : "transaction.state.log";
        string segmentBytes = configs.GetInt($"{family}.segment.bytes")
            .ToString(CultureInfo.InvariantCulture);
        int factor = Math.Min(configs.GetInt($"{family}.replication.factor"), replicasMax);
        string segmentName = segmentBytes.Length >= 7 ? "segment.bytes" : "internal.segment.bytes";
        return new(
            name, configs.GetInt($"{family}.num.partitions"), factor, Assignments: null,
            [
                new("cleanup.policy", "compact"),
                new("compression.type", "producer"),
                new(segmentName, segmentBytes),
            ]);
    }
}
