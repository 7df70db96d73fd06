using System.Buffers;
using Teralog.Abstractions;
using Teralog.Net;
using Teralog.Records.Wire;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// Writes a Fetch response, exact by version: all headers into one scratch buffer first, so that
/// the frame's length is known, then out in pieces with the slices of the logs between them.
/// </summary>
internal static class FetchWriter
{
    private const int ScratchBytes = 2048;
    private const short TopicIdsFrom = 13;
    private const short FlexibleFrom = 12;
    private const short LeaderEndpointsFrom = 16;

    public static bool HasTopicIds(short version) => version >= TopicIdsFrom;

    public static void Write(FetchPending pending, KafkaConnection connection)
    {
        var sessionId = NoteInSession(pending, connection.Services.FetchSessions);
        var flexible = pending.Version >= FlexibleFrom;
        var writer = new WireWriter(stackalloc byte[ScratchBytes]);
        var frame = writer.BeginFrame();
        writer.WriteInt32(pending.CorrelationId);
        if (flexible)
            writer.WriteUnsignedVarint(0);
        writer.WriteInt32(0); // Throttle time.
        if (pending.Version >= 7)
        {
            writer.WriteInt16((short)pending.Context.ToCode());
            writer.WriteInt32(sessionId);
        }
        var hints = default(LeaderHints);
        WriteTopics(ref writer, pending, connection, ref hints);
        if (flexible)
            hints.WriteNodeEndpoints(ref writer, pending.Version >= LeaderEndpointsFrom);
        Send(ref writer, frame, pending, connection.Connection);
        writer.Dispose();
    }

    private static int NoteInSession(FetchPending pending, FetchSessionCache sessions)
    {
        if (pending.Context == FetchContext.Full)
            return sessions.Create(pending);
        if (pending.Context.IsError())
        {
            pending.ClearPartitions();
            return 0;
        }
        if (pending.Session is null)
            return 0;
        _ = pending.Session.Note(pending);
        return pending.Session.Id;
    }

    private static void WriteTopics(
        ref WireWriter writer, FetchPending pending, KafkaConnection connection,
        ref LeaderHints hints)
    {
        var flexible = pending.Version >= FlexibleFrom;
        writer.WriteLength(CountTopics(pending.Slots), flexible);
        var next = 0;
        while (TakeTopic(pending.Slots, ref next, out var start, out var count))
        {
            var topic = pending.Slots[start].Topic;
            if (HasTopicIds(pending.Version))
                writer.WriteUuid(pending.Topics.TopicId(topic));
            else
                HotText.Write(ref writer, pending.Topics.Name(topic), flexible);
            writer.WriteLength(count, flexible);
            foreach (ref var slot in pending.Slots[start..next])
            {
                if (!slot.IsLeftOut)
                    WritePartition(ref writer, ref slot, pending, connection, ref hints);
            }
            if (flexible)
                writer.WriteUnsignedVarint(0);
        }
    }

    private static void WritePartition(
        ref WireWriter writer, ref FetchSlot slot, FetchPending pending,
        KafkaConnection connection, ref LeaderHints hints)
    {
        var version = pending.Version;
        var flexible = version >= FlexibleFrom;
        writer.WriteInt32(slot.Index);
        writer.WriteInt16(slot.Result.Error.ToWire());
        writer.WriteInt64(slot.Result.HighWatermark);
        writer.WriteInt64(slot.Result.LastStableOffset);
        if (version >= 5)
            writer.WriteInt64(slot.Result.LogStartOffset);
        WriteAborted(ref writer, slot.Result.AbortedTransactions, flexible);
        if (version >= 11)
            writer.WriteInt32(-1); // Preferred read replica.
        writer.WriteLength(slot.Result.Slice.Length, flexible);
        slot.Cut = slot.Result.Slice.Length > 0 ? writer.Position : 0;
        if (version >= LeaderEndpointsFrom && KnowsBetterLeader(slot.Result.Error))
        {
            hints.WriteLeader(
                ref writer, pending.Topics, slot.Topic, slot.Index, tag: 1, connection);
        }
        else if (flexible)
            writer.WriteUnsignedVarint(0);
    }

    private static void WriteAborted(
        ref WireWriter writer, IReadOnlyList<AbortedTransaction>? aborted, bool flexible)
    {
        writer.WriteLength(aborted?.Count ?? -1, flexible);
        for (var index = 0; index < aborted?.Count; index++)
        {
            writer.WriteInt64(aborted[index].ProducerId);
            writer.WriteInt64(aborted[index].FirstOffset);
            if (flexible)
                writer.WriteUnsignedVarint(0);
        }
    }

    private static void Send(
        ref WireWriter writer, int frame, FetchPending pending, Connection output)
    {
        var slices = 0L;
        foreach (ref var slot in pending.Slots)
            slices += slot.Cut > 0 ? slot.Result.Slice.Length : 0;
        writer.EndFrame(frame, checked((int)slices));
        var sent = 0;
        foreach (ref var slot in pending.Slots)
        {
            if (slot.Cut == 0)
                continue;
            output.Write(writer.Written[sent..slot.Cut]);
            output.Append(slot.Result.Slice);
            sent = slot.Cut;
            slot.Result = default; // The connection has the lease now.
        }
        output.Write(writer.Written[sent..]);
    }

    private static bool KnowsBetterLeader(BrokerError error) =>
        error is BrokerError.NotLeader or BrokerError.FencedLeaderEpoch;

    private static int CountTopics(Span<FetchSlot> slots)
    {
        var topics = 0;
        var next = 0;
        while (TakeTopic(slots, ref next, out _, out _))
            topics++;
        return topics;
    }

    // The next run of partitions of one topic of which at least one is in the answer.
    private static bool TakeTopic(
        Span<FetchSlot> slots, ref int next, out int start, out int count)
    {
        count = 0;
        start = next;
        while (count == 0 && next < slots.Length)
        {
            start = next;
            for (; next < slots.Length && slots[next].Topic == slots[start].Topic; next++)
                count += slots[next].IsLeftOut ? 0 : 1;
        }
        return count > 0;
    }
}
