namespace Teralog.Abstractions;

/// <summary>
/// Consumer groups of the classic protocol and committed offsets (KIP-62, 345, 394, 814).
/// Calls complete when the answer is there: a join may take as long as a rebalance. They complete
/// on any thread.
/// </summary>
public interface IGroups
{
    /// <summary>The coordinator of a group (or, with another kind, of a transactional id): the node
    /// and an error where there is none now.</summary>
    CoordinatorResult FindCoordinator(CoordinatorKind kind, string key, string listenerName);

    /// <summary>Joins or re-joins.</summary>
    ValueTask<JoinResult> JoinAsync(JoinGroup request, CancellationToken cancellationToken);

    /// <summary>Hands in (leader) and takes (all) the assignment.</summary>
    ValueTask<SyncResult> SyncAsync(SyncGroup request, CancellationToken cancellationToken);

    /// <summary>Keeps a member alive.</summary>
    ValueTask<BrokerError> HeartbeatAsync(
        GroupMember member, CancellationToken cancellationToken);

    /// <summary>Removes members; one result per member given, in order.</summary>
    ValueTask<LeaveResult> LeaveAsync(
        string groupId, IReadOnlyList<LeavingMember> members, CancellationToken cancellationToken);

    /// <summary>Commits offsets; durable in the internal topic when it completes.</summary>
    ValueTask<CommitResult> CommitAsync(
        CommitOffsets request, CancellationToken cancellationToken);

    /// <summary>Committed offsets; <paramref name="partitions"/> null means all of the
    /// group.</summary>
    OffsetsResult FetchOffsets(
        string groupId, IReadOnlyList<TopicPartitions>? partitions, bool requireStable);

    /// <summary>Deletes committed offsets (KIP-496).</summary>
    ValueTask<CommitResult> DeleteOffsetsAsync(
        string groupId, IReadOnlyList<TopicPartitions> partitions,
        CancellationToken cancellationToken);

    /// <summary>State and members; a group that does not exist is described as Dead.</summary>
    GroupDescription Describe(string groupId);

    /// <summary>All groups that this broker coordinates.</summary>
    GroupListing List();

    /// <summary>Deletes an empty group with its offsets.</summary>
    ValueTask<BrokerError> DeleteAsync(string groupId, CancellationToken cancellationToken);
}

/// <summary>What a coordinator coordinates.</summary>
public enum CoordinatorKind
{
    /// <summary>Consumer groups.</summary>
    Group = 0,
    /// <summary>Transactions.</summary>
    Transaction = 1,
    /// <summary>Share groups.</summary>
    Share = 2,
}

/// <summary>Where a coordinator is; the broker is null on error.</summary>
public readonly record struct CoordinatorResult(
    BrokerError Error, string? Message, BrokerEndpoint? Broker);

/// <summary>Partitions of one topic.</summary>
public sealed record TopicPartitions(string Topic, IReadOnlyList<int> Partitions);
