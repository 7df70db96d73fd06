using Teralog.Abstractions;

namespace Teralog.Broker.Groups;

/// <content>Calls of members.</content>
internal sealed partial class GroupCoordinator
{
    /// <inheritdoc/>
    public ValueTask<JoinResult> JoinAsync(
        JoinGroup request, CancellationToken cancellationToken)
    {
        var error = CheckJoin(request);
        if (error != BrokerError.None || ShardOf(request.GroupId) is not { } shard)
            return new(new JoinResult(
                error != BrokerError.None ? error : BrokerError.CoordinatorNotAvailable,
                request.MemberId));
        // A member that knows its id knows a group: it is not made again for it.
        return shard.Call(
            request.GroupId, mayAdd: request.MemberId.Length == 0, request,
            refusal => new JoinResult(refusal, request.MemberId),
            static (group, request, reply, step) =>
            {
                if (group is null)
                    reply.Set(new JoinResult(BrokerError.UnknownMember, request.MemberId));
                else
                    group.Join(request, reply, step);
            });
    }

    /// <inheritdoc/>
    public ValueTask<SyncResult> SyncAsync(
        SyncGroup request, CancellationToken cancellationToken)
    {
        if (RefusalOf(request.Member.GroupId, out var shard) is var error
            && error != BrokerError.None)
            return new(new SyncResult(error, null, null, []));
        return shard!.Call(
            request.Member.GroupId, mayAdd: false, request,
            static refusal => new SyncResult(refusal, null, null, []),
            static (group, request, reply, step) =>
            {
                if (group is null)
                    reply.Set(new SyncResult(BrokerError.UnknownMember, null, null, []));
                else
                    group.Sync(request, reply, step);
            });
    }

    /// <inheritdoc/>
    public ValueTask<BrokerError> HeartbeatAsync(
        GroupMember member, CancellationToken cancellationToken)
    {
        var error = RefusalOf(member.GroupId, out var shard);
        return new(error != BrokerError.None ? error : shard!.Heartbeat(member));
    }

    /// <inheritdoc/>
    public ValueTask<LeaveResult> LeaveAsync(
        string groupId, IReadOnlyList<LeavingMember> members,
        CancellationToken cancellationToken)
    {
        if (RefusalOf(groupId, out var shard) is var error && error != BrokerError.None)
            return new(new LeaveResult(error, []));
        return shard!.Call(
            groupId, mayAdd: false, members, static refusal => new LeaveResult(refusal, []),
            static (group, members, reply, step) => reply.Set(
                group?.Leave(members, step) ?? new LeaveResult(BrokerError.UnknownMember, [])));
    }

    private BrokerError CheckJoin(JoinGroup request)
    {
        var settings = _runtime.Settings();
        if (request.GroupId.Length == 0)
            return BrokerError.InvalidGroupId;
        return request.SessionTimeoutMs < settings.SessionTimeoutMsMin
            || request.SessionTimeoutMs > settings.SessionTimeoutMsMax
                ? BrokerError.InvalidSessionTimeout
                : BrokerError.None;
    }

    // Only offsets may be kept under the empty id, for the oldest clients.
    private BrokerError RefusalOf(string groupId, out GroupShard? shard)
    {
        shard = groupId.Length == 0 ? null : ShardOf(groupId);
        if (shard is not null)
            return BrokerError.None;
        return groupId.Length == 0
            ? BrokerError.InvalidGroupId
            : BrokerError.CoordinatorNotAvailable;
    }
}
