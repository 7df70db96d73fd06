using Teralog.Abstractions;
using Teralog.Records.Wire;

namespace Teralog.Protocol.Kafka;

/// <summary>Writes a Produce response from the slots of its request, exact by version.</summary>
internal static class ProduceWriter
{
    private const int ScratchBytes = 1024;
    private const short LogStartFrom = 5;
    private const short ErrorTextFrom = 8;
    private const short FlexibleFrom = 9;
    private const short LeaderFrom = 10;
    private const short TopicIdsFrom = 13;

    public static bool HasTopicIds(short version) => version >= TopicIdsFrom;

    public static void Write(ProducePending pending, KafkaConnection connection)
    {
        var version = pending.Version;
        var flexible = version >= FlexibleFrom;
        var writer = new WireWriter(stackalloc byte[ScratchBytes]);
        var frame = writer.BeginFrame();
        writer.WriteInt32(pending.CorrelationId);
        if (flexible)
            writer.WriteUnsignedVarint(0);
        writer.WriteLength(pending.Topics.Count, flexible);
        var partition = 0;
        var hints = default(LeaderHints);
        for (var topic = 0; topic < pending.Topics.Count; topic++)
            WriteTopic(ref writer, pending, topic, ref partition, connection, ref hints);
        writer.WriteInt32(0); // Throttle time.
        if (flexible)
            hints.WriteNodeEndpoints(ref writer, version >= LeaderFrom);
        writer.EndFrame(frame);
        writer.CopyTo(connection.Connection);
        writer.Dispose();
    }

    private static void WriteTopic(
        ref WireWriter writer, ProducePending pending, int topic, ref int partition,
        KafkaConnection connection, ref LeaderHints hints)
    {
        var version = pending.Version;
        var flexible = version >= FlexibleFrom;
        if (HasTopicIds(version))
            writer.WriteUuid(pending.Topics.TopicId(topic));
        else
            HotText.Write(ref writer, pending.Topics.Name(topic), flexible);
        var end = partition;
        while (end < pending.PartitionCount && pending.Partition(end).Topic == topic)
            end++;
        writer.WriteLength(end - partition, flexible);
        for (; partition < end; partition++)
        {
            ref readonly var slot = ref pending.Partition(partition);
            WritePartition(ref writer, slot, version);
            if (version >= LeaderFrom && slot.Result.Error == BrokerError.NotLeader)
            {
                hints.WriteLeader(
                    ref writer, pending.Topics, slot.Topic, slot.Index, tag: 0, connection);
            }
            else if (flexible)
                writer.WriteUnsignedVarint(0);
        }
        if (flexible)
            writer.WriteUnsignedVarint(0);
    }

    private static void WritePartition(ref WireWriter writer, in ProduceSlot slot, short version)
    {
        writer.WriteInt32(slot.Index);
        writer.WriteInt16(slot.Result.Error.ToWire());
        writer.WriteInt64(slot.Result.BaseOffset);
        writer.WriteInt64(slot.Result.LogAppendTimeMs);
        if (version >= LogStartFrom)
            writer.WriteInt64(slot.Result.LogStartOffset);
        if (version < ErrorTextFrom)
            return;
        var flexible = version >= FlexibleFrom;
        WriteRecordErrors(ref writer, slot.Result.RecordErrors, flexible);
        writer.WriteNullableString(slot.Result.Message, flexible);
    }

    private static void WriteRecordErrors(
        ref WireWriter writer, IReadOnlyList<RecordError>? errors, bool flexible)
    {
        writer.WriteLength(errors?.Count ?? 0, flexible);
        if (errors is null)
            return;
        foreach (var error in errors)
        {
            writer.WriteInt32(error.Index);
            writer.WriteNullableString(error.Message, flexible);
            if (flexible)
                writer.WriteUnsignedVarint(0);
        }
    }
}
