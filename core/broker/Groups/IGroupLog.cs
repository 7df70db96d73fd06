using System.Buffers;
using Teralog.Abstractions;

namespace Teralog.Broker.Groups;

/// <summary>The internal topic as the coordinator sees it: the seam to partitions.</summary>
internal interface IGroupLog
{
    /// <summary>Number of partitions; 0 while the topic does not exist.</summary>
    int PartitionCount { get; }

    /// <summary>Makes the topic; none where it is there.</summary>
    ValueTask<BrokerError> CreateAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Appends one batch and completes when it is as safe as acks=all makes it: inline, or later
    /// from any thread. Called under the shard's lock; appends of a partition keep their order.
    /// </summary>
    void Append(int partition, Span<byte> batch, IProduceCompletion completion);

    /// <summary>First offset and committed end of a partition.</summary>
    GroupLogBounds Bounds(int partition);

    /// <summary>Copies whole batches from <paramref name="offset"/> on, at least one.</summary>
    BrokerError Read(int partition, long offset, int maxBytes, IBufferWriter<byte> destination);

    /// <summary>A codec by the id in a batch's attributes, or null.</summary>
    ICodec? Codec(int codecId);
}

/// <summary>Where a partition of the internal topic starts and ends (exclusive).</summary>
internal readonly record struct GroupLogBounds(
    BrokerError Error, long StartOffset, long EndOffset);
