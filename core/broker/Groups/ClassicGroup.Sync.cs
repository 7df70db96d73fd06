using Teralog.Abstractions;

namespace Teralog.Broker.Groups;

/// <content>The sync phase: the leader's assignment, and who waits for it.</content>
internal sealed partial class ClassicGroup
{
    private long _syncDeadlineMs = Never;
    private int _generationBeingWritten = -1;

    /// <summary>Hands in and takes the assignment.</summary>
    public void Sync(SyncGroup request, Reply<SyncResult> reply, GroupStep step)
    {
        var error = CheckSync(request);
        if (error != BrokerError.None)
        {
            reply.Set(SyncFailed(error));
            return;
        }

        var member = _members[request.Member.MemberId];
        _awaitedSyncs.Remove(member.MemberId);
        if (_awaitedSyncs.Count == 0)
            _syncDeadlineMs = Never;
        Touch(member, step.NowMs);
        if (State == GroupState.Stable)
        {
            reply.Set(Synced(member));
            return;
        }

        AnswerSync(member, SyncFailed(BrokerError.RebalanceInProgress));
        member.Sync = reply;
        if (member.MemberId == LeaderId && _generationBeingWritten != GenerationId)
            WriteAssignments(request.Assignments, step);
    }

    private BrokerError CheckSync(SyncGroup request)
    {
        if (State == GroupState.Dead)
            return BrokerError.CoordinatorNotAvailable;
        var error = CheckMember(request.Member.MemberId, request.Member.InstanceId);
        if (error != BrokerError.None)
            return error;
        if (request.Member.GenerationId != GenerationId)
            return BrokerError.IllegalGeneration;
        if ((request.ProtocolType is not null && request.ProtocolType != ProtocolType)
            || (request.ProtocolName is not null && request.ProtocolName != ProtocolName))
            return BrokerError.InconsistentGroupProtocol;
        return State switch
        {
            GroupState.Empty => BrokerError.UnknownMember,
            GroupState.PreparingRebalance => BrokerError.RebalanceInProgress,
            GroupState.CompletingRebalance or GroupState.Stable => BrokerError.None,
            GroupState.Dead or _ => BrokerError.CoordinatorNotAvailable,
        };
    }

    // Nobody learns an assignment that a crash could undo: it is in the log first.
    private void WriteAssignments(
        IReadOnlyList<KeyValuePair<string, byte[]>> assignments, GroupStep step)
    {
        var byMember = new Dictionary<string, byte[]>();
        foreach (var (memberId, assignment) in assignments)
            byMember[memberId] = assignment;
        var generation = GenerationId;
        _generationBeingWritten = generation;
        var value = ToValue(member => byMember.GetValueOrDefault(member.MemberId) ?? []);
        step.Write(new GroupWrite(
            this,
            [GroupRecords.Group(GroupId, value)],
            (error, later) => OnAssignmentsWritten(generation, error, later)));
    }

    private void OnAssignmentsWritten(int generation, BrokerError error, GroupStep step)
    {
        if (_generationBeingWritten == generation)
            _generationBeingWritten = -1;
        // Meanwhile somebody joined or left: the syncs were answered, a new generation comes.
        if (State != GroupState.CompletingRebalance || GenerationId != generation)
            return;
        if (error != BrokerError.None)
        {
            FailSyncs(WriteError(error), step.NowMs);
            PrepareRebalance(step);
            return;
        }

        TakeAssignments(Persisted!);
        MoveTo(GroupState.Stable, step.NowMs);
        foreach (var member in _members.Values)
        {
            if (member.Sync is null)
                continue;
            Touch(member, step.NowMs);
            AnswerSync(member, Synced(member));
        }
    }

    private SyncResult Synced(ClassicMember member) =>
        new(BrokerError.None, ProtocolType, ProtocolName, member.Assignment);

    private void FailSyncs(BrokerError error, long nowMs)
    {
        foreach (var member in _members.Values)
        {
            if (member.Sync is null)
                continue;
            Touch(member, nowMs);
            AnswerSync(member, SyncFailed(error));
        }
    }

    private void EndSyncPhase()
    {
        _awaitedSyncs.Clear();
        _syncDeadlineMs = Never;
    }

    // Members that joined but never asked for their assignment hold the others up.
    private void OnSyncDeadline(GroupStep step)
    {
        _syncDeadlineMs = Never;
        if (_awaitedSyncs.Count == 0)
            return;
        foreach (var memberId in _awaitedSyncs.ToArray())
            RemoveMember(_members[memberId]);
        PrepareRebalance(step);
    }

    // What a member is told when its group's state could not be written.
    private static BrokerError WriteError(BrokerError error) => error switch
    {
        BrokerError.NotLeader => BrokerError.NotCoordinator,
        BrokerError.RecordTooLarge or BrokerError.BatchListTooLarge or BrokerError.InvalidRecord
            => BrokerError.Unexpected,
        _ => BrokerError.CoordinatorNotAvailable,
    };
}
