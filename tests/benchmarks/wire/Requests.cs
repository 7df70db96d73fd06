namespace Teralog.Benchmarks.Wire;

/// <summary>The requests that the benchmark sends. Versions without tagged fields, because their
/// answers have every field at a place that is known before.</summary>
internal static class Requests
{
    private const int TimeoutMs = 30_000;
    private const int NoReplica = -1;
    private const int NoEpoch = -1;

    /// <summary>Produce 8: one topic, one partition, one batch.</summary>
    public static byte[] Produce(string topic, int partition, short acks, byte[] batch) =>
        new FrameWriter(apiKey: 0, version: 8).Text(null).Int16(acks).Int32(TimeoutMs)
            .Int32(1).Text(topic).Int32(1).Int32(partition).Bytes(batch).Frame();

    /// <summary>Where the error of a Produce 8 answer is, counted from the length prefix.</summary>
    public static int ProduceErrorAt(string topic) => 22 + topic.Length;

    /// <summary>Fetch 11 without a session, that never waits.</summary>
    public static byte[] Fetch(string topic, int partition, long offset, int sizeMaxBytes) =>
        new FrameWriter(apiKey: 1, version: 11).Int32(NoReplica).Int32(0).Int32(1)
            .Int32(sizeMaxBytes).Int8(0).Int32(0).Int32(NoEpoch)
            .Int32(1).Text(topic).Int32(1).Int32(partition).Int32(NoEpoch).Int64(offset)
            .Int64(0).Int32(sizeMaxBytes).Int32(0).Text("").Frame();

    /// <summary>Where the partition's error of a Fetch 11 answer is.</summary>
    public static int FetchErrorAt(string topic) => 32 + topic.Length;

    /// <summary>CreateTopics 4; the answer ends with an error and a message.</summary>
    public static byte[] CreateTopic(string topic, int partitions) =>
        new FrameWriter(apiKey: 19, version: 4).Int32(1).Text(topic).Int32(partitions).Int16(1)
            .Int32(0).Int32(0).Int32(TimeoutMs).Int8(0).Frame();

    /// <summary>Where the error of a CreateTopics 4 answer is.</summary>
    public static int CreateTopicErrorAt(string topic) => 18 + topic.Length;

    /// <summary>DeleteTopics 3.</summary>
    public static byte[] DeleteTopic(string topic) =>
        new FrameWriter(apiKey: 20, version: 3).Int32(1).Text(topic).Int32(TimeoutMs).Frame();

    /// <summary>Where the error of a DeleteTopics 3 answer is.</summary>
    public static int DeleteTopicErrorAt(string topic) => 18 + topic.Length;

    /// <summary>Metadata 1 of all topics.</summary>
    public static byte[] Metadata() => new FrameWriter(apiKey: 3, version: 1).Int32(-1).Frame();

    /// <summary>ListOffsets 1: the offset after the last record of a partition.</summary>
    public static byte[] EndOffset(string topic, int partition) =>
        new FrameWriter(apiKey: 2, version: 1).Int32(NoReplica)
            .Int32(1).Text(topic).Int32(1).Int32(partition).Int64(-1).Frame();

    /// <summary>Where the error of a ListOffsets 1 answer is.</summary>
    public static int EndOffsetErrorAt(string topic) => 22 + topic.Length;
}
