namespace Teralog.Abstractions;

/// <summary>A member wants in.</summary>
/// <param name="GroupId">Group.</param>
/// <param name="MemberId">Empty on the first join.</param>
/// <param name="InstanceId">Static membership (KIP-345), or null.</param>
/// <param name="ProtocolType">For example <c>consumer</c>.</param>
/// <param name="Protocols">Names with their metadata, best first.</param>
/// <param name="SessionTimeoutMs">A member silent for longer is removed.</param>
/// <param name="RebalanceTimeoutMs">How long a rebalance waits for it.</param>
/// <param name="ClientId">For display and for the member id.</param>
/// <param name="ClientHost">For display.</param>
/// <param name="RequiresKnownMemberId">Answer a new member with an id first (KIP-394).</param>
/// <param name="SupportsSkippingAssignment">Understands KIP-814.</param>
/// <param name="Reason">Why it joins (KIP-800), or null; for the log.</param>
public sealed record JoinGroup(
    string GroupId, string MemberId, string? InstanceId, string ProtocolType,
    IReadOnlyList<GroupProtocol> Protocols, int SessionTimeoutMs, int RebalanceTimeoutMs,
    string ClientId, string ClientHost, bool RequiresKnownMemberId,
    bool SupportsSkippingAssignment, string? Reason);

/// <summary>One assignment strategy that a member supports, with its opaque metadata.</summary>
public sealed record GroupProtocol(string Name, byte[] Metadata);

/// <summary>Answer to a join; members are listed for the leader only.</summary>
public sealed record JoinResult(
    BrokerError Error, string MemberId, int GenerationId = -1, string? ProtocolType = null,
    string? ProtocolName = null, string LeaderId = "", bool SkipAssignment = false,
    IReadOnlyList<JoinedMember>? Members = null);

/// <summary>A member as the leader sees it.</summary>
public sealed record JoinedMember(string MemberId, string? InstanceId, byte[] Metadata);
