using Teralog.Abstractions;
using Teralog.Broker.Records;

namespace Teralog.Broker.Groups;

/// <content>What the log keeps of a group, and how a group comes back from it.</content>
internal sealed partial class ClassicGroup
{
    /// <summary>Takes the group's state from a record, in a replay and when it was written just
    /// now; null is a tombstone.</summary>
    public void Apply(GroupMetadataValue? value) => Persisted = value;

    /// <summary>
    /// After a replay: the members of the last generation are back with fresh session timers, so
    /// that they go on without a rebalance.
    /// </summary>
    public void Restore(GroupStep step)
    {
        if (Persisted is not { } value)
            return;
        GenerationId = value.Generation;
        ProtocolName = value.Protocol;
        foreach (var saved in value.Members)
            AddMember(ToMember(saved, value.Protocol), value.ProtocolType);
        ProtocolType = value.ProtocolType.Length == 0 ? null : value.ProtocolType;
        LeaderId = value.Leader is not null && _members.ContainsKey(value.Leader)
            ? value.Leader
            : _members.Keys.FirstOrDefault();
        State = _members.Count == 0 ? GroupState.Empty : GroupState.Stable;
        StateTimestampMs = value.CurrentStateTimestamp;
        TakeAssignments(value);
        UpdateSubscribedTopics();
        foreach (var member in _members.Values)
            Touch(member, step.NowMs);
    }

    /// <summary>Answers everybody who waits: the coordinator leaves.</summary>
    public void Abandon(BrokerError error)
    {
        foreach (var member in _members.Values)
        {
            AnswerJoin(member, new JoinResult(error, member.MemberId));
            AnswerSync(member, SyncFailed(error));
        }
    }

    private void TakeAssignments(GroupMetadataValue value)
    {
        foreach (var saved in value.Members)
        {
            if (FindMember(saved.MemberId) is { } member)
                member.Assignment = saved.Assignment;
        }
    }

    private static ClassicMember ToMember(
        GroupMetadataValue.MemberMetadata saved, string? protocol) => new()
        {
            MemberId = saved.MemberId,
            InstanceId = saved.GroupInstanceId,
            ClientId = saved.ClientId,
            ClientHost = saved.ClientHost,
            SessionTimeoutMs = saved.SessionTimeout,
            RebalanceTimeoutMs = saved.RebalanceTimeout < 0
                ? saved.SessionTimeout
                : saved.RebalanceTimeout,
            Protocols = [new GroupProtocol(protocol ?? "", saved.Subscription)],
        };

    private GroupMetadataValue ToValue() => ToValue(member => member.Assignment);

    private GroupMetadataValue ToValue(Func<ClassicMember, byte[]> assignmentOf) => new()
    {
        ProtocolType = ProtocolType ?? "",
        Generation = GenerationId,
        Protocol = ProtocolName,
        Leader = LeaderId,
        CurrentStateTimestamp = StateTimestampMs,
        Members = [.. _members.Values.Select(member => new GroupMetadataValue.MemberMetadata
        {
            MemberId = member.MemberId,
            GroupInstanceId = member.InstanceId,
            ClientId = member.ClientId,
            ClientHost = member.ClientHost,
            RebalanceTimeout = member.RebalanceTimeoutMs,
            SessionTimeout = member.SessionTimeoutMs,
            Subscription = member.MetadataFor(ProtocolName),
            Assignment = assignmentOf(member),
        })],
    };
}
