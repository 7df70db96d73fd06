using System.Buffers;
using Teralog.Abstractions;

namespace Teralog.Broker.Groups;

/// <summary>The internal topic as this broker's own partitions.</summary>
internal sealed class PartitionGroupLog(TopicRegistry topics, CodecTable codecs) : IGroupLog
{
    /// <inheritdoc/>
    public int PartitionCount =>
        topics.Snapshot.Find(TopicNames.ConsumerOffsets)?.Partitions.Length ?? 0;

    /// <inheritdoc/>
    public async ValueTask<BrokerError> CreateAsync(CancellationToken cancellationToken)
    {
        var created = await topics
            .AutoCreateAsync(TopicNames.ConsumerOffsets, cancellationToken).ConfigureAwait(false);
        return created.Error;
    }

    /// <inheritdoc/>
    public void Append(int partition, Span<byte> batch, IProduceCompletion completion)
    {
        if (Find(partition) is { } found)
        {
            found.Produce(
                batch,
                new ProduceOptions(
                    RequiredAcks.All, GroupLimits.WriteTimeoutMs, IsInternalClient: true),
                completion, token: 0);
            return;
        }

        completion.Complete(0, ProduceResult.Failed(BrokerError.NotLeader));
    }

    /// <inheritdoc/>
    public GroupLogBounds Bounds(int partition)
    {
        if (Find(partition) is not { } found)
            return new GroupLogBounds(BrokerError.NotLeader, -1, -1);
        var start = found.Lookup(
            new OffsetLookup(OffsetPlace.Earliest, -1, Isolation.ReadUncommitted));
        var end = found.Lookup(
            new OffsetLookup(OffsetPlace.Latest, -1, Isolation.ReadUncommitted));
        return new GroupLogBounds(
            start.Error == BrokerError.None ? end.Error : start.Error, start.Offset, end.Offset);
    }

    /// <inheritdoc/>
    public BrokerError Read(
        int partition, long offset, int maxBytes, IBufferWriter<byte> destination)
    {
        if (Find(partition) is not { } found)
            return BrokerError.NotLeader;
        var fetched = found.Fetch(new FetchOptions(
            offset, maxBytes, Isolation.ReadUncommitted, AtLeastOneBatch: true));
        if (fetched.Error != BrokerError.None)
            return fetched.Error;
        var slice = fetched.Slice;
        try
        {
            return Copy(slice, destination) ? BrokerError.None : BrokerError.StorageFailed;
        }
        finally
        {
            slice.Lease?.Dispose();
        }
    }

    /// <inheritdoc/>
    public ICodec? Codec(int codecId) => codecs.Find(codecId);

    private static bool Copy(in Net.FileSlice slice, IBufferWriter<byte> destination)
    {
        for (var done = 0; done < slice.Length;)
        {
            var target = destination.GetSpan(slice.Length - done)[..(slice.Length - done)];
            var count = RandomAccess.Read(slice.Handle, target, slice.Position + done);
            if (count == 0)
                return false;
            destination.Advance(count);
            done += count;
        }

        return true;
    }

    private Partition? Find(int partition) =>
        topics.Snapshot.FindPartition(TopicNames.ConsumerOffsets, partition);
}
