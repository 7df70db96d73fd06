using Teralog.Abstractions;

namespace Teralog.Broker.Groups;

/// <content>Joining: new members, known members, static members that come back.</content>
internal sealed partial class ClassicGroup
{
    /// <summary>A member joins or joins again; the answer may wait for a rebalance.</summary>
    public void Join(JoinGroup request, Reply<JoinResult> reply, GroupStep step)
    {
        var error = CheckJoin(request, step);
        if (error != BrokerError.None)
            reply.Set(new JoinResult(error, RefusedMemberId(request, error)));
        else if (request.MemberId.Length == 0)
            JoinNew(request, reply, step);
        else if (_pendingMembers.ContainsKey(request.MemberId))
            AddAndRebalance(request, request.MemberId, reply, step);
        else
            JoinAgain(_members[request.MemberId], request, reply, step);
    }

    private BrokerError CheckJoin(JoinGroup request, GroupStep step)
    {
        if (State == GroupState.Dead)
            return BrokerError.CoordinatorNotAvailable;
        if (!HasRoom(request.MemberId, step.Settings.MembersMax))
        {
            _pendingMembers.Remove(request.MemberId);
            return BrokerError.GroupMaxSizeReached;
        }

        if (!Supports(request.ProtocolType, request.Protocols))
            return BrokerError.InconsistentGroupProtocol;
        if (request.MemberId.Length == 0)
            return BrokerError.None;
        if (_pendingMembers.ContainsKey(request.MemberId))
            return request.InstanceId is null ? BrokerError.None : BrokerError.UnknownMember;
        return CheckMember(request.MemberId, request.InstanceId);
    }

    private static string RefusedMemberId(JoinGroup request, BrokerError error) =>
        error == BrokerError.GroupMaxSizeReached ? "" : request.MemberId;

    // A full group still lets its members through, so that those who came first stay.
    private bool HasRoom(string memberId, int membersMax)
    {
        switch (State)
        {
            case GroupState.PreparingRebalance:
                var isWaiting = FindMember(memberId)?.Join is not null;
                return isWaiting
                    || _members.Values.Count(member => member.Join is not null) < membersMax;
            case GroupState.CompletingRebalance:
            case GroupState.Stable:
                return _members.ContainsKey(memberId) || _members.Count < membersMax;
            case GroupState.Empty:
            case GroupState.Dead:
            default:
                return true;
        }
    }

    private bool Supports(string protocolType, IReadOnlyList<GroupProtocol> protocols) =>
        _members.Count == 0
            ? protocolType.Length > 0 && protocols.Count > 0
            : protocolType == ProtocolType
                && ProtocolVote.Shares(ProtocolVote.Common(_members.Values), protocols);

    private void JoinNew(JoinGroup request, Reply<JoinResult> reply, GroupStep step)
    {
        var newId = $"{request.InstanceId ?? request.ClientId}-{step.NewId():D}";
        if (request.InstanceId is not null)
        {
            if (_memberIdByInstanceId.TryGetValue(request.InstanceId, out var oldId))
                Replace(_members[oldId], newId, request, reply, step);
            else
                AddAndRebalance(request, newId, reply, step);
        }
        else if (!request.RequiresKnownMemberId)
        {
            AddAndRebalance(request, newId, reply, step);
        }
        else if (_pendingMembers.Count >= GroupLimits.PendingMembersMax)
        {
            reply.Set(new JoinResult(BrokerError.GroupMaxSizeReached, ""));
        }
        else
        {
            _pendingMembers[newId] = step.NowMs + request.SessionTimeoutMs;
            Arm(_pendingMembers[newId]);
            reply.Set(new JoinResult(BrokerError.MemberIdRequired, newId));
        }
    }

    private void AddAndRebalance(
        JoinGroup request, string memberId, Reply<JoinResult> reply, GroupStep step)
    {
        var member = new ClassicMember
        {
            MemberId = memberId,
            InstanceId = request.InstanceId,
            ClientId = request.ClientId,
            ClientHost = request.ClientHost,
            SessionTimeoutMs = request.SessionTimeoutMs,
            RebalanceTimeoutMs = request.RebalanceTimeoutMs,
            Protocols = request.Protocols,
            IsNew = true,
            Join = reply,
        };
        _hasNewMember |= State == GroupState.PreparingRebalance && _isInitialRebalance;
        AddMember(member, request.ProtocolType);
        Touch(member, step.NowMs);
        RebalanceOrComplete(step);
    }

    private void JoinAgain(
        ClassicMember member, JoinGroup request, Reply<JoinResult> reply, GroupStep step)
    {
        var isUnchanged = member.HasProtocols(request.Protocols);
        var isLeader = member.MemberId == LeaderId;
        switch (State)
        {
            // It may have missed the answer to its join: it gets the same one again.
            case GroupState.CompletingRebalance when isUnchanged:
            // A follower without news has nothing to rebalance for; a leader may have seen new
            // partitions, which no one else tells.
            case GroupState.Stable when isUnchanged && !isLeader:
                Touch(member, step.NowMs);
                reply.Set(Joined(member));
                break;
            case GroupState.PreparingRebalance:
            case GroupState.CompletingRebalance:
            case GroupState.Stable:
                UpdateMember(member, request, reply);
                Touch(member, step.NowMs);
                RebalanceOrComplete(step);
                break;
            case GroupState.Empty:
            case GroupState.Dead:
            default:
                reply.Set(new JoinResult(BrokerError.UnknownMember, request.MemberId));
                break;
        }
    }

    private static void UpdateMember(
        ClassicMember member, JoinGroup request, Reply<JoinResult> reply)
    {
        // A client that asks again has given up on its first request.
        AnswerJoin(member, new JoinResult(BrokerError.RebalanceInProgress, member.MemberId));
        member.ClientId = request.ClientId;
        member.ClientHost = request.ClientHost;
        member.Protocols = request.Protocols;
        member.SessionTimeoutMs = request.SessionTimeoutMs;
        member.RebalanceTimeoutMs = request.RebalanceTimeoutMs;
        member.Join = reply;
    }

    // A static member is back under a new id: the old id is fenced, and a stable group goes on
    // without a rebalance where its protocol would stay the same.
    private void Replace(
        ClassicMember member, string newId, JoinGroup request, Reply<JoinResult> reply,
        GroupStep step)
    {
        var oldLeaderId = LeaderId ?? "";
        Rename(member, newId);
        UpdateMember(member, request, reply);
        Touch(member, step.NowMs);
        if (State != GroupState.Stable)
        {
            RebalanceOrComplete(step);
        }
        else if (ProtocolVote.Select(_members.Values) != ProtocolName)
        {
            PrepareRebalance(step);
        }
        else
        {
            member.Join = null;
            UpdateSubscribedTopics();
            PersistReplacement(
                Replaced(member, oldLeaderId, request.SupportsSkippingAssignment), reply, step);
        }
    }

    private JoinResult Replaced(ClassicMember member, string oldLeaderId, bool canSkip)
    {
        var joined = Joined(member);
        return canSkip
            ? joined with { SkipAssignment = member.MemberId == LeaderId }
            // Before KIP-814 a leader could not be told to leave the assignment alone: the old id
            // as leader makes it a follower for this generation.
            : joined with { LeaderId = oldLeaderId, Members = [] };
    }

    private void PersistReplacement(JoinResult answer, Reply<JoinResult> reply, GroupStep step)
    {
        var record = GroupRecords.Group(GroupId, ToValue());
        step.Write(new GroupWrite(this, [record], (error, _) => reply.Set(error == BrokerError.None
            ? answer
            : new JoinResult(WriteError(error), answer.MemberId))));
    }

    private void Rename(ClassicMember member, string newId)
    {
        var oldId = member.MemberId;
        AnswerJoin(member, new JoinResult(BrokerError.FencedInstanceId, oldId));
        AnswerSync(member, SyncFailed(BrokerError.FencedInstanceId));
        _members.SetAt(_members.IndexOf(oldId), newId, member);
        member.MemberId = newId;
        _memberIdByInstanceId[member.InstanceId!] = newId;
        if (_awaitedSyncs.Remove(oldId))
            _awaitedSyncs.Add(newId);
        if (LeaderId == oldId)
            LeaderId = newId;
    }

    // The answer that a member gets when the join phase is over.
    private JoinResult Joined(ClassicMember member)
    {
        IReadOnlyList<JoinedMember> members = member.MemberId == LeaderId
            ? [.. _members.Values.Select(other => new JoinedMember(
                other.MemberId, other.InstanceId, other.MetadataFor(ProtocolName)))]
            : [];
        return new JoinResult(
            BrokerError.None, member.MemberId, GenerationId, ProtocolType, ProtocolName,
            LeaderId ?? "", SkipAssignment: false, members);
    }
}
