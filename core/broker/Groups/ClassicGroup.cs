using Teralog.Abstractions;
using Teralog.Broker.Records;

namespace Teralog.Broker.Groups;

/// <summary>
/// One group of the classic protocol: a state machine without I/O, clock or thread. Requests and
/// time come in with a <see cref="GroupStep"/>, answers go out through replies, records through the
/// step's writes. Its owner, the shard, calls it under the shard's lock. What survives a crash is
/// <see cref="Persisted"/> and <see cref="Offsets"/>, both changed by records alone; who waits in a
/// rebalance is soft state that clients bring again.
/// </summary>
/// <remarks>KIP-62 (timeouts), 134 (initial delay), 345 (static members), 394 (member id
/// required), 814 (skip assignment).</remarks>
internal sealed partial class ClassicGroup(string groupId)
{
    private const long Never = long.MaxValue;

    private readonly OrderedDictionary<string, ClassicMember> _members = [];
    private readonly Dictionary<string, string> _memberIdByInstanceId = [];
    private readonly Dictionary<string, long> _pendingMembers = [];
    private readonly HashSet<string> _awaitedSyncs = [];
    private HashSet<string>? _subscribedTopics = [];

    /// <summary>The group's id.</summary>
    public string GroupId { get; } = groupId;

    /// <summary>Where it stands.</summary>
    public GroupState State { get; private set; }

    /// <summary>When it came to stand there.</summary>
    public long StateTimestampMs { get; private set; } = -1;

    /// <summary>For example <c>consumer</c>; null for a group that only keeps offsets.</summary>
    public string? ProtocolType { get; private set; }

    /// <summary>The protocol of the current generation.</summary>
    public string? ProtocolName { get; private set; }

    /// <summary>Member id of the leader.</summary>
    public string? LeaderId { get; private set; }

    /// <summary>Goes up with every completed join phase.</summary>
    public int GenerationId { get; private set; }

    /// <summary>Committed offsets.</summary>
    public OffsetTable Offsets { get; } = new();

    /// <summary>The last state that the log has, or null.</summary>
    public GroupMetadataValue? Persisted { get; private set; }

    /// <summary>The earliest moment at which <see cref="Tick"/> may have something to do.</summary>
    public long NextDeadlineMs { get; private set; } = Never;

    /// <summary>When the runtime will look next; its own note.</summary>
    public long ScheduledMs { get; set; } = Never;

    /// <summary>Members, in order of arrival.</summary>
    public IReadOnlyCollection<ClassicMember> Members => _members.Values;

    /// <summary>Whether nothing at all is kept for it.</summary>
    public bool IsVacant =>
        State == GroupState.Empty && GenerationId == 0 && Persisted is null
        && _pendingMembers.Count == 0 && Offsets.IsIdle;

    /// <summary>State and members; their bytes are shown in a stable group only.</summary>
    public GroupDescription Describe()
    {
        var isStable = State == GroupState.Stable;
        return new GroupDescription(
            BrokerError.None, GroupId, State, ProtocolType ?? "",
            isStable ? ProtocolName ?? "" : "",
            [.. _members.Values.Select(member => new GroupMemberDescription(
                member.MemberId, member.InstanceId, member.ClientId, member.ClientHost,
                isStable ? member.MetadataFor(ProtocolName) : [],
                isStable ? member.Assignment : []))]);
    }

    private void MoveTo(GroupState state, long nowMs)
    {
        State = state;
        StateTimestampMs = nowMs;
    }

    private void Arm(long deadlineMs) => NextDeadlineMs = Math.Min(NextDeadlineMs, deadlineMs);

    private ClassicMember? FindMember(string memberId) => _members.GetValueOrDefault(memberId);

    // The checks that every request of a member passes first.
    private BrokerError CheckMember(string memberId, string? instanceId)
    {
        if (instanceId is not null)
        {
            if (!_memberIdByInstanceId.TryGetValue(instanceId, out var current))
                return BrokerError.UnknownMember;
            if (current != memberId)
                return BrokerError.FencedInstanceId;
        }

        return _members.ContainsKey(memberId) ? BrokerError.None : BrokerError.UnknownMember;
    }

    private void AddMember(ClassicMember member, string? protocolType)
    {
        if (_members.Count == 0)
            ProtocolType = protocolType;
        _members.Add(member.MemberId, member);
        if (member.InstanceId is not null)
            _memberIdByInstanceId[member.InstanceId] = member.MemberId;
        LeaderId ??= member.MemberId;
        _pendingMembers.Remove(member.MemberId);
    }

    private void RemoveMember(ClassicMember member)
    {
        _members.Remove(member.MemberId);
        _awaitedSyncs.Remove(member.MemberId);
        if (member.InstanceId is not null)
            _memberIdByInstanceId.Remove(member.InstanceId);
        if (LeaderId == member.MemberId)
            LeaderId = _members.Count == 0 ? null : _members.GetAt(0).Key;
        AnswerJoin(member, new JoinResult(BrokerError.UnknownMember, ""));
        AnswerSync(member, SyncFailed(BrokerError.UnknownMember));
    }

    private static void AnswerJoin(ClassicMember member, JoinResult answer)
    {
        var reply = member.Join;
        member.Join = null;
        reply?.Set(answer);
    }

    private static void AnswerSync(ClassicMember member, SyncResult answer)
    {
        var reply = member.Sync;
        member.Sync = null;
        reply?.Set(answer);
    }

    private static SyncResult SyncFailed(BrokerError error) => new(error, null, null, []);

    private void Touch(ClassicMember member, long nowMs)
    {
        var timeoutMs = member.IsNew
            ? GroupLimits.NewMemberJoinTimeoutMs
            : member.SessionTimeoutMs;
        member.SessionDeadlineMs = nowMs + timeoutMs;
        Arm(member.SessionDeadlineMs);
    }
}
