using Teralog.Abstractions;

namespace Teralog.Broker.Groups;

/// <content>Staying, leaving and being given up.</content>
internal sealed partial class ClassicGroup
{
    /// <summary>Keeps a member alive.</summary>
    public BrokerError Heartbeat(GroupMember request, GroupStep step)
    {
        if (State == GroupState.Dead)
            return BrokerError.CoordinatorNotAvailable;
        var error = CheckMember(request.MemberId, request.InstanceId);
        if (error != BrokerError.None)
            return error;
        if (request.GenerationId != GenerationId)
            return BrokerError.IllegalGeneration;
        Touch(_members[request.MemberId], step.NowMs);
        return State == GroupState.PreparingRebalance
            ? BrokerError.RebalanceInProgress
            : BrokerError.None;
    }

    /// <summary>Removes members; one result per member, in order.</summary>
    public LeaveResult Leave(IReadOnlyList<LeavingMember> members, GroupStep step)
    {
        if (State == GroupState.Dead)
            return new LeaveResult(BrokerError.CoordinatorNotAvailable, []);
        var countBefore = _members.Count;
        var results = members.Select(LeaveOne).ToArray();
        if (results.Contains(BrokerError.None))
            AfterRemoval(_members.Count < countBefore, step);
        return new LeaveResult(BrokerError.None, results);
    }

    // An administrator removes a static member by its instance id alone (KIP-345).
    private BrokerError LeaveOne(LeavingMember leaving)
    {
        var memberId = leaving.MemberId;
        if (memberId.Length == 0)
        {
            if (leaving.InstanceId is null
                || !_memberIdByInstanceId.TryGetValue(leaving.InstanceId, out memberId!))
                return BrokerError.UnknownMember;
        }
        else if (_pendingMembers.Remove(memberId))
        {
            return BrokerError.None;
        }

        var error = CheckMember(memberId, leaving.InstanceId);
        if (error == BrokerError.None)
            RemoveMember(_members[memberId]);
        return error;
    }

    // A pending member that goes does not disturb those who are in; it may be what a join waits
    // for.
    private void AfterRemoval(bool hasLostMembers, GroupStep step)
    {
        if (State == GroupState.PreparingRebalance)
            CompleteJoinIfAllAreHere(step);
        else if (hasLostMembers
            && State is GroupState.Stable or GroupState.CompletingRebalance)
            PrepareRebalance(step);
    }

    /// <summary>Does what is due; afterwards <see cref="NextDeadlineMs"/> is exact.</summary>
    public void Tick(GroupStep step)
    {
        if (State != GroupState.Dead)
        {
            ExpireMembers(step);
            if (_joinDeadlineMs <= step.NowMs)
                OnJoinDeadline(step);
            if (_syncDeadlineMs <= step.NowMs)
                OnSyncDeadline(step);
        }

        NextDeadlineMs = Math.Min(_joinDeadlineMs, _syncDeadlineMs);
        foreach (var deadlineMs in _pendingMembers.Values)
            Arm(deadlineMs);
        foreach (var member in _members.Values)
            Arm(member.SessionDeadlineMs);
    }

    private void ExpireMembers(GroupStep step)
    {
        var pendingBefore = _pendingMembers.Count;
        foreach (var (memberId, deadlineMs) in _pendingMembers)
        {
            if (deadlineMs <= step.NowMs)
                _pendingMembers.Remove(memberId);
        }

        var countBefore = _members.Count;
        foreach (var member in _members.Values.ToArray())
        {
            if (member.SessionDeadlineMs > step.NowMs)
                continue;
            if (member.IsExcused)
                Touch(member, step.NowMs);
            else
                RemoveMember(member);
        }

        if (_members.Count < countBefore || _pendingMembers.Count < pendingBefore)
            AfterRemoval(_members.Count < countBefore, step);
    }
}
