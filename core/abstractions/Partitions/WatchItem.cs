namespace Teralog.Abstractions;

/// <summary>One partition of a parked fetch: bytes visible past the offset count.</summary>
public readonly record struct WatchItem(
    PartitionHandle Partition, long Offset, Isolation Isolation);
