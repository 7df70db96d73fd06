using Teralog.Abstractions;
using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka;

/// <summary>Topics as Metadata answers them.</summary>
internal static class TopicAnswers
{
    public static MetadataResponse.Topic Describe(TopicView topic) => new()
    {
        Name = topic.Name,
        TopicId = topic.TopicId,
        IsInternal = topic.IsInternal,
        Partitions = [.. topic.Partitions.Select(Describe)],
    };

    public static MetadataResponse.Topic Failed(string? name, Guid topicId, ErrorCode error) =>
        new() { Name = name, TopicId = topicId, ErrorCode = (short)error };

    private static MetadataResponse.Partition Describe(PartitionView partition) => new()
    {
        ErrorCode = (short)(partition.Leader < 0 ? ErrorCode.LeaderNotAvailable : ErrorCode.None),
        PartitionIndex = partition.Index,
        LeaderId = partition.Leader,
        LeaderEpoch = partition.LeaderEpoch,
        ReplicaNodes = [.. partition.Replicas],
        IsrNodes = [.. partition.InSyncReplicas],
        OfflineReplicas = [.. partition.OfflineReplicas],
    };
}
