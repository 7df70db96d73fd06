using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Teralog.Records;
using Teralog.TestKit;

namespace Teralog.Storage.Tests.Vectors;

/// <summary>What a leader stores and answers, where nothing is recompressed.</summary>
public sealed class AppendVectorTests
{
    private const long StartOffset = 100;
    private const int LeaderEpoch = 7;

    [Fact]
    public void The_same_answer_and_the_same_bytes_as_Kafka()
    {
        if (SharedFolder.Find("protocol", "vectors", "appends.jsonl.gz") is null)
            Assert.Skip("the shared folder is absent");

        Dictionary<string, byte[]> batches = VectorFile.Lines("batches.jsonl.gz").ToDictionary(
            vector => (string)vector["id"]!,
            vector => Convert.FromHexString((string)vector["hex"]!));
        var counts = new Dictionary<string, int>();
        foreach (JsonObject vector in VectorFile.Lines("appends.jsonl.gz"))
        {
            string outcome = Check(vector, batches[(string)vector["batch"]!].ToArray());
            counts[outcome] = counts.GetValueOrDefault(outcome) + 1;
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", counts));
        Assert.Equal(536, counts.Values.Sum());
        Assert.True(counts["stored"] == 117, string.Join(", ", counts));
        Assert.True(counts["refused"] == 329, string.Join(", ", counts));
    }

    private static string Check(JsonObject vector, byte[] batch)
    {
        JsonObject topic = vector["topicConfig"]!.AsObject();
        var header = new BatchHeader(batch);
        if (header.Magic < 2)
            return "skipped: an old format";
        if (vector["error"] is null && IsRecompressed(topic, header))
            return "skipped: Kafka recompresses, by a codec that storage has not";

        LogConfig config = Config(topic);
        BatchCheck check = BatchValidator.Check(
            batch, Rules(topic, config, (long)vector["nowMs"]!), out long maxTimestampMs);
        if (vector["error"] is not null)
            return CheckRefused(topic, header, check, vector);

        Assert.Equal(BatchCheck.Ok, check);
        CheckStored(vector, batch, config, maxTimestampMs);
        return "stored";
    }

    private static string CheckRefused(
        JsonObject topic, in BatchHeader header, BatchCheck check, JsonObject vector)
    {
        bool isKeyHidden = topic["cleanup.policy"] is not null
            && header.Compression != CompressionType.None && check == BatchCheck.Ok;
        if (isKeyHidden)
            return "skipped: keys show only after decompression";

        Assert.True(check != BatchCheck.Ok, vector.ToJsonString());
        return "refused";
    }

    private static void CheckStored(
        JsonObject vector, byte[] batch, LogConfig config, long maxTimestampMs)
    {
        long nowMs = (long)vector["nowMs"]!;
        var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(nowMs));
        var disk = new SimulatedFileSystem(1);
        using LogDirectory directory = LogDirectory.Open("/data", disk, clock);
        disk.CreateDirectory("/data/t-0");
        using Log log = Log.Open(directory, "t-0", config, new LogOpenOptions
        {
            LogStartOffset = StartOffset,
        });

        LogAppendResult result = log.Append(batch, new LogAppendOptions
        {
            LeaderEpoch = LeaderEpoch,
            ValidatedMaxTimestampMs = maxTimestampMs,
        });
        Assert.Equal(LogAppendStatus.Ok, result.Status);
        JsonObject answer = vector["answer"]!.AsObject();
        Assert.Equal((long)answer["baseOffset"]!, result.FirstOffset);
        Assert.Equal((long)answer["lastOffset"]!, result.LastOffset);
        Assert.Equal((long)answer["logAppendTime"]!, result.LogAppendTimeMs);
        Assert.Equal((string)vector["stored"]!, Convert.ToHexStringLower(
            disk.Content("/data/t-0/00000000000000000100.log")!));
    }

    private static bool IsRecompressed(JsonObject topic, in BatchHeader header) =>
        (string?)topic["compression.type"] switch
        {
            null => false,
            "uncompressed" => header.Compression != CompressionType.None,
            string codec => codec != header.Compression.ToString().ToLowerInvariant(),
        };

    private static LogConfig Config(JsonObject topic) => new()
    {
        TimestampType = (string?)topic["message.timestamp.type"] == "LogAppendTime"
            ? TimestampType.LogAppendTime
            : TimestampType.CreateTime,
        MaxMessageBytes = (int)Number(topic, "max.message.bytes", 1_048_588),
    };

    private static BatchRules Rules(JsonObject topic, LogConfig config, long nowMs) => new()
    {
        NowMs = nowMs,
        MaxMessageBytes = config.MaxMessageBytes,
        TimestampType = config.TimestampType,
        AreKeysRequired = topic["cleanup.policy"] is not null,
        TimestampAfterMaxMs = 3_600_000,
        TimestampBeforeMaxMs = Number(topic, "message.timestamp.before.max.ms", long.MaxValue),
    };

    private static long Number(JsonObject topic, string name, long otherwise) =>
        topic[name] is { } text
            ? long.Parse((string)text!, CultureInfo.InvariantCulture)
            : otherwise;
}
