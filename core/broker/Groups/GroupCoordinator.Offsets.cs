using Teralog.Abstractions;

namespace Teralog.Broker.Groups;

/// <content>Committed offsets.</content>
internal sealed partial class GroupCoordinator
{
    /// <inheritdoc/>
    public ValueTask<CommitResult> CommitAsync(
        CommitOffsets request, CancellationToken cancellationToken)
    {
        var groupId = request.Member.GroupId;
        if (ShardOf(groupId) is not { } shard)
            return new(new CommitResult(BrokerError.CoordinatorNotAvailable, []));
        var topics = request.Offsets
            .Select(offset => Check(offset.Topic, offset.Partition)).ToArray();
        return shard.Call(
            groupId, mayAdd: request.Member.GenerationId < 0, (request, topics),
            static refusal => new CommitResult(refusal, []),
            static (group, work, reply, step) =>
            {
                if (group is null)
                    reply.Set(new CommitResult(BrokerError.GroupNotFound, []));
                else
                    group.Commit(work.request, work.topics, reply, step);
            });
    }

    /// <inheritdoc/>
    public OffsetsResult FetchOffsets(
        string groupId, IReadOnlyList<TopicPartitions>? partitions, bool requireStable) =>
        ShardOf(groupId) is { } shard
            ? shard.Ask(
                static refusal => new OffsetsResult(refusal, []),
                table => new OffsetsResult(
                    BrokerError.None, OffsetsOf(table.Find(groupId)?.Offsets, partitions)))
            : new OffsetsResult(BrokerError.CoordinatorNotAvailable, []);

    /// <inheritdoc/>
    public ValueTask<CommitResult> DeleteOffsetsAsync(
        string groupId, IReadOnlyList<TopicPartitions> partitions,
        CancellationToken cancellationToken)
    {
        if (ShardOf(groupId) is not { } shard)
            return new(new CommitResult(BrokerError.CoordinatorNotAvailable, []));
        return shard.Call(
            groupId, mayAdd: false, partitions, static refusal => new CommitResult(refusal, []),
            static (group, partitions, reply, step) =>
            {
                if (group is null)
                    reply.Set(new CommitResult(BrokerError.GroupNotFound, []));
                else
                    group.DeleteOffsets(partitions, reply, step);
            });
    }

    private TopicCheck Check(string topic, int partition) =>
        _topics.Find(topic) is { } view && partition >= 0 && partition < view.Partitions.Count
            ? new TopicCheck(BrokerError.None, view.TopicId)
            : new TopicCheck(BrokerError.UnknownTopicOrPartition, Guid.Empty);

    private static List<CommittedOffset> OffsetsOf(
        OffsetTable? offsets, IReadOnlyList<TopicPartitions>? partitions)
    {
        if (partitions is null)
            return offsets is null
                ? []
                : [.. offsets.All().Select(row => Shown(row.Topic, row.Partition, row.Entry))];
        return [.. partitions.SelectMany(topic => topic.Partitions.Select(
            partition => Shown(topic.Topic, partition, offsets?.Find(topic.Topic, partition))))];
    }

    private static CommittedOffset Shown(string topic, int partition, CommittedEntry? entry) =>
        entry is { } known
            ? new CommittedOffset(
                topic, partition, BrokerError.None, known.Offset, known.LeaderEpoch,
                known.Metadata)
            : new CommittedOffset(topic, partition, BrokerError.None, -1, -1, "");
}
