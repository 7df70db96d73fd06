namespace Teralog.Broker.Groups;

/// <summary>One committed offset as the log has it.</summary>
/// <param name="Offset">Next offset to read.</param>
/// <param name="LeaderEpoch">Leader epoch of the last record read, or -1.</param>
/// <param name="Metadata">The client's own text.</param>
/// <param name="CommitTimestampMs">When it was committed.</param>
/// <param name="ExpireTimestampMs">When it expires (old clients), or -1.</param>
/// <param name="TopicId">The topic's id at the time, or empty.</param>
internal readonly record struct CommittedEntry(
    long Offset, int LeaderEpoch, string Metadata, long CommitTimestampMs,
    long ExpireTimestampMs, Guid TopicId);
