using Teralog.Records.Wire;

namespace Teralog.Protocol.Kafka;

/// <summary>Reads a Produce body in place into the slots of a pooled request: nothing of it
/// becomes an object, and nothing is done with it.</summary>
internal static class ProduceWalker
{
    private const short FlexibleFrom = 9;
    private const short TopicIdsFrom = 13;

    /// <summary>Fewest bytes of a topic: a name or an id, and a count.</summary>
    private const int TopicBytesMin = 2;

    /// <summary>Fewest bytes of a partition: its index and a length of records.</summary>
    private const int PartitionBytesMin = 5;

    /// <summary>False where the body is malformed.</summary>
    public static bool Walk(ref WireReader reader, short version, ProducePending pending)
    {
        var flexible = version >= FlexibleFrom;
        var isTransactional = reader.ReadStringSlice(flexible, out _);
        pending.SetOptions(
            isTransactional, acks: reader.ReadInt16(), timeoutMs: reader.ReadInt32());
        var topics = reader.ReadArrayCount(flexible, TopicBytesMin);
        if (topics < 0)
            reader.Fail();
        for (; topics > 0 && !reader.Failed; topics--)
            WalkTopic(ref reader, version, flexible, pending);
        if (flexible)
            reader.SkipTags();
        return !reader.Failed;
    }

    private static void WalkTopic(
        ref WireReader reader, short version, bool flexible, ProducePending pending)
    {
        if (version >= TopicIdsFrom)
            pending.Topics.Add([], reader.ReadUuid());
        else if (reader.ReadStringSlice(flexible, out var name))
            pending.Topics.Add(name, default);
        else
            reader.Fail();
        var partitions = reader.ReadArrayCount(flexible, PartitionBytesMin);
        if (partitions < 0)
            reader.Fail();
        for (; partitions > 0 && !reader.Failed; partitions--)
        {
            var index = reader.ReadInt32();
            var hasRecords = reader.ReadBytesSlice(flexible, out var records);
            pending.AddPartition(
                index, hasRecords ? reader.Position - records.Length : -1, records.Length);
            if (flexible)
                reader.SkipTags();
        }
        if (flexible)
            reader.SkipTags();
    }
}
