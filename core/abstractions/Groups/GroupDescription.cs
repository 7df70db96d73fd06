namespace Teralog.Abstractions;

/// <summary>States of a group.</summary>
public enum GroupState
{
    /// <summary>No members; offsets may be kept.</summary>
    Empty,
    /// <summary>Members are joining.</summary>
    PreparingRebalance,
    /// <summary>The leader's assignment is awaited.</summary>
    CompletingRebalance,
    /// <summary>All members have their assignment.</summary>
    Stable,
    /// <summary>Gone, or never was.</summary>
    Dead,
}

/// <summary>A group as of one moment.</summary>
public sealed record GroupDescription(
    BrokerError Error, string GroupId, GroupState State, string ProtocolType, string ProtocolName,
    IReadOnlyList<GroupMemberDescription> Members);

/// <summary>One member with its opaque metadata and assignment.</summary>
public sealed record GroupMemberDescription(
    string MemberId, string? InstanceId, string ClientId, string ClientHost, byte[] Metadata,
    byte[] Assignment);

/// <summary>All groups of a coordinator.</summary>
public sealed record GroupListing(BrokerError Error, IReadOnlyList<GroupSummary> Groups);

/// <summary>One line of a listing; the group type is <c>classic</c>.</summary>
public sealed record GroupSummary(
    string GroupId, string ProtocolType, GroupState State, string GroupType);
