using Teralog.Abstractions;

namespace Teralog.Broker;

/// <summary>A topic as of one moment; immutable, replaced as a whole.</summary>
internal sealed class TopicState(
    TopicIdentity identity, int[][] replicas, Partition[] partitions, TopicSettings settings)
{
    private TopicView? _view;

    internal TopicIdentity Identity { get; } = identity;

    internal int[][] Replicas { get; } = replicas;

    internal Partition[] Partitions { get; } = partitions;

    internal TopicSettings Settings { get; } = settings;

    /// <summary>The same for clients; made once.</summary>
    internal TopicView View => _view ??= MakeView(
        Identity, Replicas, index => Partitions[index].LeaderEpoch);

    internal TopicState With(TopicSettings settings) =>
        new(Identity, Replicas, Partitions, settings);

    internal static TopicView MakeView(
        TopicIdentity identity, int[][] replicas, Func<int, int> leaderEpoch) => new(
        identity.Name, identity.Id, identity.IsInternal,
        [.. replicas.Select((nodes, index) => new PartitionView(
            index, nodes[0], leaderEpoch(index), nodes, nodes, OfflineReplicas: []))]);
}
