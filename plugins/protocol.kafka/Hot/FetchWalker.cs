using Teralog.Abstractions;
using Teralog.Records.Wire;

namespace Teralog.Protocol.Kafka;

/// <summary>Reads a Fetch body in place into the slots of a pooled request.</summary>
internal static class FetchWalker
{
    private const short FlexibleFrom = 12;
    private const int TopicBytesMin = 2;

    /// <summary>Fewest bytes of a partition: version 4's index, offset and limit.</summary>
    private const int PartitionBytesMin = 16;

    /// <summary>False where the body is malformed.</summary>
    public static bool Walk(ref WireReader reader, short version, FetchPending pending)
    {
        var flexible = version >= FlexibleFrom;
        if (version < 15)
            _ = reader.ReadInt32(); // Replica id.
        WalkParameters(ref reader, version, ref pending.Parameters);
        for (var topics = Count(ref reader, flexible, TopicBytesMin);
            topics > 0 && !reader.Failed;
            topics--)
        {
            WalkTopic(ref reader, version, flexible, pending);
        }
        if (version >= 7)
            WalkForgotten(ref reader, version, flexible, pending);
        if (version >= 11 && !reader.ReadStringSlice(flexible, out _))
            reader.Fail(); // Rack.
        if (flexible)
            reader.SkipTags();
        return !reader.Failed;
    }

    private static void WalkParameters(
        ref WireReader reader, short version, ref FetchParameters parameters)
    {
        parameters.MaxWaitMs = reader.ReadInt32();
        parameters.MinBytes = reader.ReadInt32();
        parameters.MaxBytes = reader.ReadInt32();
        var isolation = reader.ReadInt8();
        if (isolation is not (0 or 1))
            reader.Fail();
        parameters.Isolation = (Isolation)isolation;
        parameters.SessionId = version >= 7 ? reader.ReadInt32() : 0;
        parameters.SessionEpoch = version >= 7 ? reader.ReadInt32() : FetchSession.FinalEpoch;
    }

    private static void WalkTopic(
        ref WireReader reader, short version, bool flexible, FetchPending pending)
    {
        AddTopic(ref reader, version, flexible, pending.Topics);
        for (var partitions = Count(ref reader, flexible, PartitionBytesMin);
            partitions > 0 && !reader.Failed;
            partitions--)
        {
            ref var slot = ref pending.AddPartition();
            slot.Topic = pending.Topics.Count - 1;
            WalkPartition(ref reader, version, ref slot);
            if (flexible)
                reader.SkipTags();
        }
        if (flexible)
            reader.SkipTags();
    }

    private static void WalkPartition(ref WireReader reader, short version, ref FetchSlot slot)
    {
        slot.Index = reader.ReadInt32();
        slot.CurrentLeaderEpoch = version >= 9 ? reader.ReadInt32() : -1;
        slot.Offset = reader.ReadInt64();
        slot.LastFetchedEpoch = version >= 12 ? reader.ReadInt32() : -1;
        if (version >= 5)
            _ = reader.ReadInt64(); // Log start offset of a follower.
        slot.MaxBytes = reader.ReadInt32();
    }

    private static void WalkForgotten(
        ref WireReader reader, short version, bool flexible, FetchPending pending)
    {
        for (var topics = Count(ref reader, flexible, TopicBytesMin);
            topics > 0 && !reader.Failed;
            topics--)
        {
            AddTopic(ref reader, version, flexible, pending.ForgottenTopics);
            for (var partitions = Count(ref reader, flexible, sizeof(int));
                partitions > 0 && !reader.Failed;
                partitions--)
            {
                pending.AddForgotten(pending.ForgottenTopics.Count - 1, reader.ReadInt32());
            }
            if (flexible)
                reader.SkipTags();
        }
    }

    private static void AddTopic(
        ref WireReader reader, short version, bool flexible, TopicSlots topics)
    {
        if (FetchWriter.HasTopicIds(version))
            topics.Add([], reader.ReadUuid());
        else if (reader.ReadStringSlice(flexible, out var name))
            topics.Add(name, default);
        else
            reader.Fail();
    }

    private static int Count(ref WireReader reader, bool flexible, int elementBytesMin)
    {
        var count = reader.ReadArrayCount(flexible, elementBytesMin);
        if (count < 0)
            reader.Fail();
        return count;
    }
}
