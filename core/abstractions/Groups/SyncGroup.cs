namespace Teralog.Abstractions;

/// <summary>A member asks for its assignment; the leader brings all of them.</summary>
/// <param name="Member">Who asks.</param>
/// <param name="ProtocolType">Checked where not null.</param>
/// <param name="ProtocolName">Checked where not null.</param>
/// <param name="Assignments">Opaque assignment by member id; empty but from the leader.</param>
public sealed record SyncGroup(
    GroupMember Member, string? ProtocolType, string? ProtocolName,
    IReadOnlyList<KeyValuePair<string, byte[]>> Assignments);

/// <summary>One member in one generation.</summary>
public sealed record GroupMember(
    string GroupId, int GenerationId, string MemberId, string? InstanceId);

/// <summary>Answer to a sync.</summary>
public sealed record SyncResult(
    BrokerError Error, string? ProtocolType, string? ProtocolName, byte[] Assignment);

/// <summary>Who leaves: by member id, or by instance id with an empty member id.</summary>
public sealed record LeavingMember(string MemberId, string? InstanceId, string? Reason);

/// <summary>Answer to a leave.</summary>
public sealed record LeaveResult(BrokerError Error, IReadOnlyList<BrokerError> Members);
