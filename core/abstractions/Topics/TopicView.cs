namespace Teralog.Abstractions;

/// <summary>A topic as of one moment.</summary>
/// <param name="Name">Name.</param>
/// <param name="TopicId">Id, never reused.</param>
/// <param name="IsInternal">True for the broker's own topics.</param>
/// <param name="Partitions">By partition number.</param>
public sealed record TopicView(
    string Name, Guid TopicId, bool IsInternal, IReadOnlyList<PartitionView> Partitions);

/// <summary>A partition as of one moment.</summary>
/// <param name="Index">Partition number.</param>
/// <param name="Leader">Node id of the leader, or -1.</param>
/// <param name="LeaderEpoch">Leader epoch.</param>
/// <param name="Replicas">Node ids, preferred leader first.</param>
/// <param name="InSyncReplicas">Node ids of the in-sync replicas.</param>
/// <param name="OfflineReplicas">Node ids of replicas that cannot be reached.</param>
public sealed record PartitionView(
    int Index, int Leader, int LeaderEpoch, IReadOnlyList<int> Replicas,
    IReadOnlyList<int> InSyncReplicas, IReadOnlyList<int> OfflineReplicas);
