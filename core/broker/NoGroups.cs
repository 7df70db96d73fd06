using Teralog.Abstractions;

namespace Teralog.Broker;

/// <summary>Stands in where no group coordinator is wired: every group call answers that there is
/// no coordinator.</summary>
internal sealed class NoGroups : IGroups
{
    private const BrokerError Error = BrokerError.CoordinatorNotAvailable;

    internal static NoGroups Instance { get; } = new();

    public CoordinatorResult FindCoordinator(
        CoordinatorKind kind, string key, string listenerName) => new(Error, null, null);

    public ValueTask<JoinResult> JoinAsync(
        JoinGroup request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new JoinResult(Error, request.MemberId));

    public ValueTask<SyncResult> SyncAsync(
        SyncGroup request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new SyncResult(Error, null, null, []));

    public ValueTask<BrokerError> HeartbeatAsync(
        GroupMember member, CancellationToken cancellationToken) => ValueTask.FromResult(Error);

    public ValueTask<LeaveResult> LeaveAsync(
        string groupId, IReadOnlyList<LeavingMember> members,
        CancellationToken cancellationToken) =>
        ValueTask.FromResult(new LeaveResult(Error, []));

    public ValueTask<CommitResult> CommitAsync(
        CommitOffsets request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new CommitResult(Error, []));

    public OffsetsResult FetchOffsets(
        string groupId, IReadOnlyList<TopicPartitions>? partitions, bool requireStable) =>
        new(Error, []);

    public ValueTask<CommitResult> DeleteOffsetsAsync(
        string groupId, IReadOnlyList<TopicPartitions> partitions,
        CancellationToken cancellationToken) => ValueTask.FromResult(new CommitResult(Error, []));

    public GroupDescription Describe(string groupId) =>
        new(Error, groupId, GroupState.Dead, "", "", []);

    public GroupListing List() => new(Error, []);

    public ValueTask<BrokerError> DeleteAsync(
        string groupId, CancellationToken cancellationToken) => ValueTask.FromResult(Error);
}
