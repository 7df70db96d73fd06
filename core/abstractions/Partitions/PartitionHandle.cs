namespace Teralog.Abstractions;

/// <summary>
/// A partition as callers hold it. It belongs to the broker and may be kept: after the topic is
/// gone every call with it answers <see cref="BrokerError.UnknownTopicOrPartition"/>.
/// </summary>
public abstract class PartitionHandle
{
    /// <summary>Topic name.</summary>
    public abstract string Topic { get; }

    /// <summary>Topic id (KIP-516).</summary>
    public abstract Guid TopicId { get; }

    /// <summary>Partition number, from 0.</summary>
    public abstract int Index { get; }

    /// <summary>Leader epoch that this broker serves the partition in.</summary>
    public abstract int LeaderEpoch { get; }
}
