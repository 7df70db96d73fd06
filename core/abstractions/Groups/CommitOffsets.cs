namespace Teralog.Abstractions;

/// <summary>Offsets to commit. Generation -1 with an empty member id commits without membership.
/// </summary>
/// <param name="Member">Group, generation and member.</param>
/// <param name="RetentionMs">Old clients' own retention, or -1 for the broker's.</param>
/// <param name="Offsets">What to commit.</param>
public sealed record CommitOffsets(
    GroupMember Member, long RetentionMs, IReadOnlyList<OffsetToCommit> Offsets);

/// <summary>One offset to commit; leader epoch -1 where unknown.</summary>
public readonly record struct OffsetToCommit(
    string Topic, int Partition, long Offset, int LeaderEpoch, string? Metadata);

/// <summary>One result per partition given, in order; <see cref="Error"/> is the group's.</summary>
public sealed record CommitResult(BrokerError Error, IReadOnlyList<BrokerError> Partitions);

/// <summary>Committed offsets of a group.</summary>
public sealed record OffsetsResult(BrokerError Error, IReadOnlyList<CommittedOffset> Offsets);

/// <summary>One committed offset; -1 and empty metadata where there is none.</summary>
public readonly record struct CommittedOffset(
    string Topic, int Partition, BrokerError Error, long Offset, int LeaderEpoch, string? Metadata);
