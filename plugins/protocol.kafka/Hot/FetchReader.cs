using Teralog.Abstractions;

namespace Teralog.Protocol.Kafka;

/// <summary>Asks the broker for every partition of a fetch, within the request's limits.</summary>
internal static class FetchReader
{
    private const short ZstdFrom = 10;

    /// <summary>Finds the partitions; what is not there, or not for this client, fails here.
    /// </summary>
    public static void FindPartitions(FetchPending pending, IBroker broker)
    {
        foreach (ref var slot in pending.Slots)
        {
            slot.Handle = slot.Session?.Handle ?? Find(pending, slot, broker);
            if (slot.Session is not null)
                slot.Session.Handle = slot.Handle;
            if (slot.Handle is null)
                slot.Fail(UnknownTopicError(pending, slot, broker));
            else if (pending.Version < ZstdFrom && IsZstd(slot.Handle, broker))
                slot.Fail(BrokerError.UnsupportedCodec);
        }
    }

    /// <summary>
    /// Reads every partition. True where the answer need not wait: enough bytes, an error, or
    /// nothing asked.
    /// </summary>
    public static bool Read(FetchPending pending, IBroker broker)
    {
        var leftBytes = Math.Max(0, pending.Parameters.MaxBytes);
        var totalBytes = 0L;
        var failed = false;
        foreach (ref var slot in pending.Slots)
        {
            if (slot.Result.Error == BrokerError.None)
                ReadSlot(pending, ref slot, broker, leftBytes, isFirst: totalBytes == 0);
            failed |= slot.Result.Error != BrokerError.None;
            totalBytes += slot.Result.Slice.Length;
            leftBytes = Math.Max(0, leftBytes - slot.Result.Slice.Length);
        }
        var minBytes = Math.Min(pending.Parameters.MinBytes, pending.Parameters.MaxBytes);
        return failed || totalBytes >= minBytes || pending.PartitionCount == 0;
    }

    private static void ReadSlot(
        FetchPending pending, ref FetchSlot slot, IBroker broker, int leftBytes, bool isFirst)
    {
        slot.DropSlice();
        var options = new FetchOptions(
            slot.Offset, Math.Max(0, Math.Min(slot.MaxBytes, leftBytes)),
            pending.Parameters.Isolation, isFirst, slot.CurrentLeaderEpoch,
            slot.LastFetchedEpoch);
        var result = broker.Fetch(slot.Handle!, options);
        if (result.Error == BrokerError.None)
            slot.Result = result;
        else
            FailSlot(ref slot, result);
    }

    private static void FailSlot(ref FetchSlot slot, in FetchResult result)
    {
        result.Slice.Lease?.Dispose();
        slot.Fail(result.Error);
        if (slot.Session is not null && result.Error == BrokerError.UnknownTopicOrPartition)
            slot.Session.Handle = null; // The topic may be there again under another handle.
    }

    private static PartitionHandle? Find(
        FetchPending pending, in FetchSlot slot, IBroker broker) =>
        pending.Topics.FindPartition(
            slot.Topic, slot.Index, FetchWriter.HasTopicIds(pending.Version), broker);

    private static BrokerError UnknownTopicError(
        FetchPending pending, in FetchSlot slot, IBroker broker) =>
        FetchWriter.HasTopicIds(pending.Version)
            && broker.Topics.Find(pending.Topics.TopicId(slot.Topic)) is null
            ? BrokerError.UnknownTopicId
            : BrokerError.UnknownTopicOrPartition;

    // As Kafka: it is the topic's setting that counts, not what stands in the batches.
    private static bool IsZstd(PartitionHandle partition, IBroker broker)
    {
        var topic = new ConfigResource(ConfigResourceKind.Topic, partition.Topic);
        var description = broker.Configs.Describe(topic, ["compression.type"]);
        return description.Entries.Any(entry => entry.Value == "zstd");
    }
}
