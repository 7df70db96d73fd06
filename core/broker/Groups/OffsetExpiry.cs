namespace Teralog.Broker.Groups;

/// <summary>When a committed offset may go (KIP-211): pure decisions.</summary>
internal static class OffsetExpiry
{
    /// <summary>Whether an offset has outlived its time.</summary>
    /// <param name="entry">The offset.</param>
    /// <param name="idleSinceMs">When the group became empty, or null where the age of the commit
    /// counts.</param>
    /// <param name="nowMs">Now.</param>
    /// <param name="retentionMs">offsets.retention.minutes, in milliseconds.</param>
    public static bool IsDue(
        in CommittedEntry entry, long? idleSinceMs, long nowMs, long retentionMs) =>
        entry.ExpireTimestampMs >= 0
            ? nowMs >= entry.ExpireTimestampMs
            : nowMs - (idleSinceMs ?? entry.CommitTimestampMs) >= retentionMs;
}
