using System.Globalization;
using Teralog.Records;
using Teralog.Storage;

namespace Teralog.Broker;

/// <summary>
/// A topic's configuration in types, as of one moment; shared by all its partitions.
/// </summary>
/// <param name="Entries">What is set on the topic itself.</param>
/// <param name="Log">What the log needs.</param>
/// <param name="SegmentJitterMaxMs">segment.jitter.ms.</param>
/// <param name="TimestampBeforeMaxMs">message.timestamp.before.max.ms.</param>
/// <param name="TimestampAfterMaxMs">message.timestamp.after.max.ms.</param>
/// <param name="IsCompacted">cleanup.policy names compact.</param>
/// <param name="Compression">Codec that batches are stored with; null keeps the producer's.</param>
/// <param name="CompressionLevel">Level for it; <see cref="int.MinValue"/> is the codec's own.
/// </param>
/// <param name="DecompressedBytesMax">max.decompressed.message.bytes.</param>
/// <param name="FlushMessages">flush.messages.</param>
/// <param name="FlushMs">flush.ms.</param>
internal sealed record TopicSettings(
    IReadOnlyDictionary<string, string> Entries, LogConfig Log, long SegmentJitterMaxMs,
    long TimestampBeforeMaxMs, long TimestampAfterMaxMs, bool IsCompacted,
    CompressionType? Compression, int CompressionLevel, int DecompressedBytesMax,
    long FlushMessages, long FlushMs)
{
    internal static TopicSettings Resolve(
        IReadOnlyDictionary<string, string> entries, BrokerConfigs broker)
    {
        string Text(string name) => TopicConfigs.Value(name, entries, broker) ?? "";
        long Number(string name) => long.Parse(Text(name), CultureInfo.InvariantCulture);
        string[] policies = ConfigValues.SplitList(Text("cleanup.policy"));
        CompressionType? compression = ParseCompression(Text("compression.type"));
        string internalSegmentBytes = Text("internal.segment.bytes");
        return new(
            entries,
            new LogConfig
            {
                SegmentBytes = internalSegmentBytes.Length > 0
                    ? int.Parse(internalSegmentBytes, CultureInfo.InvariantCulture)
                    : (int)Number("segment.bytes"),
                SegmentMs = Number("segment.ms"),
                SegmentIndexBytes = (int)Number("segment.index.bytes"),
                IndexIntervalBytes = (int)Number("index.interval.bytes"),
                MaxMessageBytes = (int)Number("max.message.bytes"),
                RetentionMs = Number("retention.ms"),
                RetentionBytes = Number("retention.bytes"),
                IsDeletionEnabled = policies.Contains("delete"),
                IsCompacted = policies.Contains("compact"),
                TimestampType = Text("message.timestamp.type") == "LogAppendTime"
                    ? TimestampType.LogAppendTime
                    : TimestampType.CreateTime,
                ProducerExpirationMs = broker.GetLong("producer.id.expiration.ms"),
            },
            Number("segment.jitter.ms"),
            Number("message.timestamp.before.max.ms"),
            Number("message.timestamp.after.max.ms"),
            policies.Contains("compact"),
            compression,
            Level(compression, Number),
            (int)Number("max.decompressed.message.bytes"),
            Number("flush.messages"),
            Number("flush.ms"));
    }

    /// <summary>The log's settings of one partition: rolls are spread by a jitter that stays the
    /// same for the partition.</summary>
    internal LogConfig LogOf(Guid topicId, int partition)
    {
        if (SegmentJitterMaxMs <= 0)
            return Log;

        uint seed = (uint)(partition * 2_654_435_761L) ^ BitConverter.ToUInt32(
            topicId.ToByteArray());
        long jitterMs = seed % Math.Min(SegmentJitterMaxMs, Log.SegmentMs);
        return Log with { SegmentJitterMs = jitterMs };
    }

    private static CompressionType? ParseCompression(string name) => name switch
    {
        "uncompressed" => CompressionType.None,
        "gzip" => CompressionType.Gzip,
        "snappy" => CompressionType.Snappy,
        "lz4" => CompressionType.Lz4,
        "zstd" => CompressionType.Zstd,
        _ => null,
    };

    private static int Level(CompressionType? compression, Func<string, long> number)
    {
        string? name = compression switch
        {
            CompressionType.Gzip => "compression.gzip.level",
            CompressionType.Lz4 => "compression.lz4.level",
            CompressionType.Zstd => "compression.zstd.level",
            _ => null,
        };
        long level = name is null ? -1 : number(name);
        return name is null || (compression == CompressionType.Gzip && level == -1)
            ? int.MinValue
            : (int)level;
    }
}
