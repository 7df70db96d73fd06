using Teralog.Abstractions;

namespace Teralog.Broker;

/// <summary>How many partitions and copies a topic gets, and where: pure functions. The sentences
/// are those that clients know from Kafka.</summary>
internal static class TopicRules
{
    /// <summary>Replicas by partition of a new topic, or why there can be none.</summary>
    internal static TopicResult Place(
        NewTopic topic, int partitionsDefault, int replicationDefault, int replicasMax, int nodeId,
        out int[][] replicas)
    {
        replicas = [];
        if (topic.Assignments is { Count: > 0 } assignments)
            return PlaceByHand(topic, assignments, nodeId, out replicas);

        int partitions = topic.Partitions == -1 ? partitionsDefault : topic.Partitions;
        int factor = topic.ReplicationFactor == -1 ? replicationDefault : topic.ReplicationFactor;
        TopicResult checkedCount = CheckPartitions(partitions);
        if (checkedCount.Error != BrokerError.None)
            return checkedCount;
        if (factor < 1)
        {
            return new(
                BrokerError.InvalidReplicationFactor,
                "Replication factor was set to an invalid non-positive value.");
        }

        if (factor > replicasMax)
        {
            return new(
                BrokerError.InvalidReplicationFactor,
                $"Unable to replicate the partition {factor} time(s): The target replication "
                + $"factor of {factor} cannot be reached because only {replicasMax} broker(s) are "
                + "registered.");
        }

        replicas = Everywhere(partitions, nodeId);
        return default;
    }

    /// <summary>Replicas of the partitions to add, or why none can be added.</summary>
    internal static TopicResult Grow(
        int presentCount, int totalCount, IReadOnlyList<IReadOnlyList<int>>? assignments,
        int nodeId, out int[][] added)
    {
        added = [];
        if (totalCount < presentCount)
        {
            return new(
                BrokerError.InvalidPartitions,
                $"The topic currently has {presentCount} partition(s); {totalCount} would not be "
                + "an increase.");
        }

        if (totalCount == presentCount)
        {
            return new(
                BrokerError.InvalidPartitions,
                $"Topic already has {presentCount} partition(s).");
        }

        TopicResult checkedCount = CheckPartitions(totalCount);
        if (checkedCount.Error != BrokerError.None)
            return checkedCount;

        int count = totalCount - presentCount;
        if (assignments is null)
        {
            added = Everywhere(count, nodeId);
            return default;
        }

        if (assignments.Count != count)
        {
            return new(
                BrokerError.InvalidReplicaAssignment,
                $"Attempted to add {count} additional partition(s), but only {assignments.Count} "
                + "assignment(s) were specified.");
        }

        return CheckNodes(assignments, nodeId, out added);
    }

    private static TopicResult PlaceByHand(
        NewTopic topic, IReadOnlyDictionary<int, IReadOnlyList<int>> assignments, int nodeId,
        out int[][] replicas)
    {
        replicas = [];
        if (topic.ReplicationFactor != -1)
        {
            return new(
                BrokerError.InvalidRequest,
                "A manual partition assignment was specified, but replication factor was not set "
                + "to -1.");
        }

        if (topic.Partitions != -1)
        {
            return new(
                BrokerError.InvalidRequest,
                "A manual partition assignment was specified, but numPartitions was not set to "
                + "-1.");
        }

        TopicResult checkedCount = CheckPartitions(assignments.Count);
        if (checkedCount.Error != BrokerError.None)
            return checkedCount;

        var ordered = new IReadOnlyList<int>[assignments.Count];
        for (int index = 0; index < ordered.Length; index++)
        {
            if (!assignments.TryGetValue(index, out IReadOnlyList<int>? nodes))
            {
                return new(
                    BrokerError.InvalidReplicaAssignment,
                    "partitions should be a consecutive 0-based integer sequence");
            }

            ordered[index] = nodes;
        }

        return CheckNodes(ordered, nodeId, out replicas);
    }

    private static TopicResult CheckNodes(
        IReadOnlyList<IReadOnlyList<int>> assignments, int nodeId, out int[][] replicas)
    {
        replicas = [];
        foreach (IReadOnlyList<int> nodes in assignments)
        {
            if (nodes.Count == 0)
            {
                return new(
                    BrokerError.InvalidReplicaAssignment,
                    "The manual partition assignment includes an empty replica list.");
            }

            if (nodes.Distinct().Count() != nodes.Count)
            {
                return new(
                    BrokerError.InvalidReplicaAssignment,
                    $"The manual partition assignment includes the broker {nodes[0]} more than "
                    + "once.");
            }

            if (nodes.Any(one => one != nodeId))
            {
                return new(
                    BrokerError.InvalidReplicaAssignment,
                    "The manual partition assignment includes broker "
                    + $"{nodes.First(one => one != nodeId)}, but no such broker is registered.");
            }
        }

        replicas = [.. assignments.Select(nodes => nodes.ToArray())];
        return default;
    }

    private static TopicResult CheckPartitions(int count)
    {
        if (count < 1)
        {
            return new(
                BrokerError.InvalidPartitions,
                "Number of partitions was set to an invalid non-positive value.");
        }

        return count <= Limits.PartitionsPerTopicMax
            ? default
            : new(
                BrokerError.InvalidPartitions,
                $"A topic may have at most {Limits.PartitionsPerTopicMax} partitions.");
    }

    private static int[][] Everywhere(int count, int nodeId)
    {
        int[][] replicas = new int[count][];
        Array.Fill(replicas, [nodeId]);
        return replicas;
    }
}
