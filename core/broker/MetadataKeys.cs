namespace Teralog.Broker;

/// <summary>The keys of the metadata store that the broker owns. Topics are named by id wherever a
/// topic of the same name must not inherit.</summary>
internal static class MetadataKeys
{
    internal const string ClusterId = "cluster/id";
    internal const string ProducerIds = "producer-ids/next";
    internal const string Topics = "topics/";
    internal const string DeletedTopics = "deleted-topics/";
    internal const string TopicConfigs = "config/topic/";
    internal const string ClusterConfig = "config/cluster";
    internal const string GroupConfigs = "config/group/";

    internal static string Topic(string name) => Topics + name;

    internal static string DeletedTopic(Guid id) => DeletedTopics + id.ToString("N");

    internal static string TopicConfig(Guid id) => TopicConfigs + id.ToString("N");

    internal static string BrokerConfig(int nodeId) => $"config/broker/{nodeId}";

    internal static string GroupConfig(string name) => GroupConfigs + name;
}
