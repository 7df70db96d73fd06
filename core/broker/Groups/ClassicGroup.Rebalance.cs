using Teralog.Abstractions;
using Teralog.Records;

namespace Teralog.Broker.Groups;

/// <content>The join phase: how it starts, waits and ends.</content>
internal sealed partial class ClassicGroup
{
    private bool _isInitialRebalance;
    private bool _hasNewMember;
    private long _joinDeadlineMs = Never;
    private long _initialDelayMs;
    private long _initialRemainingMs;

    private int RebalanceTimeoutMs() =>
        _members.Count == 0 ? 0 : _members.Values.Max(member => member.RebalanceTimeoutMs);

    private void RebalanceOrComplete(GroupStep step)
    {
        switch (State)
        {
            case GroupState.Empty:
            case GroupState.CompletingRebalance:
            case GroupState.Stable:
                PrepareRebalance(step);
                break;
            case GroupState.PreparingRebalance:
                CompleteJoinIfAllAreHere(step);
                break;
            case GroupState.Dead:
            default:
                break;
        }
    }

    private void PrepareRebalance(GroupStep step)
    {
        Invariant.That(State != GroupState.PreparingRebalance && State != GroupState.Dead);
        FailSyncs(BrokerError.RebalanceInProgress, step.NowMs);
        EndSyncPhase();
        _isInitialRebalance = State == GroupState.Empty;
        _hasNewMember = false;
        var timeoutMs = RebalanceTimeoutMs();
        MoveTo(GroupState.PreparingRebalance, step.NowMs);
        if (_isInitialRebalance)
        {
            // More members are likely to come: it waits, longer while they do (KIP-134).
            _initialDelayMs = step.Settings.InitialRebalanceDelayMs;
            _initialRemainingMs = Math.Max(timeoutMs - _initialDelayMs, 0);
            SetJoinDeadline(step.NowMs + _initialDelayMs);
        }
        else
        {
            SetJoinDeadline(step.NowMs + timeoutMs);
            CompleteJoinIfAllAreHere(step);
        }
    }

    private void SetJoinDeadline(long deadlineMs)
    {
        _joinDeadlineMs = deadlineMs;
        Arm(deadlineMs);
    }

    private void CompleteJoinIfAllAreHere(GroupStep step)
    {
        if (State == GroupState.PreparingRebalance && !_isInitialRebalance
            && _pendingMembers.Count == 0
            && _members.Values.All(member => member.Join is not null))
            CompleteJoin(step);
    }

    private void OnJoinDeadline(GroupStep step)
    {
        Invariant.That(State == GroupState.PreparingRebalance);
        if (_isInitialRebalance && _hasNewMember && _initialRemainingMs > 0)
        {
            _hasNewMember = false;
            var delayMs = Math.Min(step.Settings.InitialRebalanceDelayMs, _initialRemainingMs);
            _initialRemainingMs = Math.Max(_initialRemainingMs - _initialDelayMs, 0);
            _initialDelayMs = delayMs;
            SetJoinDeadline(step.NowMs + delayMs);
            return;
        }

        CompleteJoin(step);
    }

    private void CompleteJoin(GroupStep step)
    {
        _joinDeadlineMs = Never;
        // Static members may be away for as long as their session lasts.
        foreach (var member in _members.Values.ToArray())
        {
            if (member.Join is null && member.InstanceId is null)
                RemoveMember(member);
        }

        if (_members.Count > 0 && !ElectLeader())
        {
            SetJoinDeadline(step.NowMs + RebalanceTimeoutMs());
            return;
        }

        GenerationId = GenerationId == int.MaxValue ? 1 : GenerationId + 1;
        _isInitialRebalance = false;
        _awaitedSyncs.Clear();
        if (_members.Count == 0)
            BecomeEmpty(step);
        else
            BecomeCompleting(step);
    }

    // The leader must be somebody who is here to assign.
    private bool ElectLeader()
    {
        if (LeaderId is not null && _members[LeaderId].Join is not null)
            return true;
        var here = _members.Values.FirstOrDefault(member => member.Join is not null);
        if (here is null)
            return false;
        LeaderId = here.MemberId;
        return true;
    }

    private void BecomeEmpty(GroupStep step)
    {
        ProtocolName = null;
        LeaderId = null;
        _subscribedTopics = [];
        MoveTo(GroupState.Empty, step.NowMs);
        // Should this write fail the log still has the older generation with its members: after a
        // crash their sessions end it again.
        step.Write(new GroupWrite(this, [GroupRecords.Group(GroupId, ToValue())], null));
    }

    private void BecomeCompleting(GroupStep step)
    {
        ProtocolName = ProtocolVote.Select(_members.Values);
        UpdateSubscribedTopics();
        MoveTo(GroupState.CompletingRebalance, step.NowMs);
        foreach (var member in _members.Values)
        {
            member.IsNew = false;
            member.Assignment = [];
            _awaitedSyncs.Add(member.MemberId);
            Touch(member, step.NowMs);
            AnswerJoin(member, Joined(member));
        }

        _syncDeadlineMs = step.NowMs + RebalanceTimeoutMs();
        Arm(_syncDeadlineMs);
    }

    private void UpdateSubscribedTopics() =>
        _subscribedTopics = ProtocolType == ConsumerSubscription.ProtocolType
            ? ConsumerSubscription.Topics(_members.Values, ProtocolName)
            : [];
}
