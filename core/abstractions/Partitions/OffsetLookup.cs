namespace Teralog.Abstractions;

/// <summary>Which offset is asked for.</summary>
public enum OffsetPlace
{
    /// <summary>First record whose timestamp is at or after the given one.</summary>
    AtOrAfterTimestamp,
    /// <summary>The log start.</summary>
    Earliest,
    /// <summary>The visible end.</summary>
    Latest,
    /// <summary>The record with the greatest timestamp (KIP-734).</summary>
    MaxTimestamp,
    /// <summary>The first offset on local disk (KIP-405); the log start without tiers.</summary>
    EarliestLocal,
    /// <summary>The last offset in remote storage (KIP-1005); none without tiers.</summary>
    LatestTiered,
}

/// <summary>A question for an offset.</summary>
/// <param name="Place">Kind of place.</param>
/// <param name="TimestampMs">For <see cref="OffsetPlace.AtOrAfterTimestamp"/> only.</param>
/// <param name="Isolation">What counts as visible end.</param>
/// <param name="CurrentLeaderEpoch">The caller's leader epoch, or -1.</param>
public readonly record struct OffsetLookup(
    OffsetPlace Place, long TimestampMs, Isolation Isolation, int CurrentLeaderEpoch = -1);

/// <summary>The answer; offset, timestamp and epoch are -1 where there is no such record.</summary>
public readonly record struct OffsetLookupResult(
    BrokerError Error, long Offset, long TimestampMs, int LeaderEpoch);

/// <summary>End offset (exclusive) of the largest epoch not above the one asked; -1 and -1 where
/// unknown.</summary>
public readonly record struct EpochEndResult(BrokerError Error, int LeaderEpoch, long EndOffset);
