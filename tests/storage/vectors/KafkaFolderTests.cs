using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Teralog.Records;
using Teralog.Storage.Tests.Records;
using Teralog.TestKit;

namespace Teralog.Storage.Tests.Vectors;

/// <summary>Partition folders that Kafka wrote, opened in copies.</summary>
public sealed class KafkaFolderTests
{
    private static readonly LogConfig KeepAll = new()
    {
        RetentionMs = -1,
        ProducerExpirationMs = long.MaxValue,
    };

    [Fact]
    public void A_partition_folder_reads_record_by_record_and_its_indexes_come_out_the_same()
    {
        if (SharedFolder.Find("protocol", "vectors", "files", "partition-0") is not { } source)
        {
            Assert.Skip("the shared folder is absent");
            return;
        }

        JsonObject expected = JsonNode.Parse(File.ReadAllText(
            Path.Combine(Path.GetDirectoryName(source)!, "partition-0.json")))!.AsObject();
        using var folder = new TemporaryFolder();
        string copy = folder.CopyOf(source, "partition-0");
        using LogDirectory directory = Open(folder.Path);

        // The intervals at which the file was made: an entry every 100 bytes.
        Log log = directory.OpenLog("partition-0", KeepAll with { IndexIntervalBytes = 100 });
        Assert.Equal((long)expected["logStartOffset"]!, log.LogStartOffset);
        Assert.Equal((long)expected["logEndOffset"]!, log.LogEndOffset);
        Assert.Equal((long)expected["lastStableOffset"]!, log.LastStableOffset);
        Assert.Equal((2, 54L), log.EndOffsetForEpoch(2));
        Assert.Equal((0, 40L), log.EndOffsetForEpoch(1));
        JsonNode?[] batches = [.. expected["files"]!.AsObject()
            .Where(file => file.Key.EndsWith(".log", StringComparison.Ordinal))
            .SelectMany(file => file.Value!["batches"]!.AsArray())];
        Assert.Equal(24, CheckBatches(log, batches));
        foreach (string name in (string[])["00000000000000000000.index",
            "00000000000000000000.timeindex", "00000000000000000040.index",
            "00000000000000000040.timeindex"])
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(source, name)),
                File.ReadAllBytes(Path.Combine(copy, name)));
        }

        Assert.True(directory.Close(isClean: true));
        ProducerTable? ours = ProducerSnapshot.TryParse(File.ReadAllBytes(
            Path.Combine(copy, "00000000000000000054.snapshot")));
        ProducerTable? theirs = ProducerSnapshot.TryParse(File.ReadAllBytes(
            Path.Combine(source, "00000000000000000054.snapshot")));
        Assert.Equal(Describe(theirs!), Describe(ours!));
    }

    [Theory]
    [InlineData("clean", "clean")]
    [InlineData("killed", "recovered")]
    public void A_data_directory_of_Kafka_opens_as_Kafka_opens_it(string archive, string state)
    {
        if (SharedFolder.Find("protocol", "data", archive + ".tar.zst") is not { } source)
        {
            Assert.Skip("the shared folder is absent");
            return;
        }

        using var folder = new TemporaryFolder();
        Unpack(source, folder.Path);
        JsonObject topics = JsonNode.Parse(File.ReadAllText(Path.Combine(
            Path.GetDirectoryName(source)!, "expected.json")))![state]!["topics"]!.AsObject();
        using LogDirectory directory = Open(folder.Combine("data"));
        Assert.Equal(archive == "clean", directory.WasClosedCleanly);
        int partitions = 0;
        foreach ((string topic, JsonNode? description) in topics)
        {
            foreach ((string partition, JsonNode? expected) in
                description!["partitions"]!.AsObject())
            {
                Log log = directory.OpenLog($"{topic}-{partition}", KeepAll with
                {
                    IsCompacted = topic.StartsWith("compacted", StringComparison.Ordinal)
                        || topic.StartsWith('_'),
                });
                CheckPartition(expected!.AsObject(), log);
                CheckFiles(log, state);
                partitions++;
            }
        }

        Assert.Equal(28, partitions);
        Assert.True(directory.Close(isClean: true));
    }

    private static void CheckPartition(JsonObject expected, Log log)
    {
        Assert.Equal((long)expected["logStartOffset"]!, log.LogStartOffset);
        Assert.Equal((long)expected["logEndOffset"]!, log.LogEndOffset);
        Assert.Equal((long)expected["lastStableOffset"]!, log.LastStableOffset);
        JsonObject max = expected["maxTimestamp"]!.AsObject();
        CheckTime((long)max["offset"]!, (long)max["timestamp"]!, log.OffsetOfMaxTimestamp());
        foreach (JsonNode? query in expected["offsetsForTimes"]?.AsArray() ?? [])
        {
            CheckTime((long)query!["offset"]!, (long)query["timestamp"]!,
                log.OffsetForTimestamp((long)query["query"]!));
        }
    }

    // Inside a compressed batch storage names the batch, and the broker finds the record.
    private static void CheckTime(long offset, long timestampMs, OffsetForTime? found)
    {
        Assert.Equal(offset >= 0, found.HasValue);
        if (found is not { } answer)
            return;

        if (answer.IsExact)
            Assert.Equal((offset, timestampMs), (answer.Offset, answer.TimestampMs));
        else
            Assert.True(answer.Offset <= offset && answer.TimestampMs >= timestampMs);
    }

    private static void CheckFiles(Log log, string state)
    {
        string path = SharedFolder.Find("protocol", "data", $"files-{state}.jsonl.gz")!;
        foreach (JsonObject folder in VectorFile.LinesOf(path))
        {
            if ((string)folder["name"]! != log.FolderName)
                continue;

            CheckBatches(log, [.. folder["files"]!.AsObject()
                .Where(file => file.Key.EndsWith(".log", StringComparison.Ordinal))
                .SelectMany(file => file.Value!["batches"]!.AsArray())
                .Where(batch => (long)batch!["lastOffset"]! >= log.LogStartOffset)]);
        }
    }

    private static int CheckBatches(Log log, JsonNode?[] batches)
    {
        long offset = log.LogStartOffset;
        foreach (JsonNode? expected in batches)
        {
            LogReadResult read = log.Read(offset, 1, long.MaxValue, atLeastOneBatch: true);
            Assert.Equal(LogReadStatus.Ok, read.Status);
            byte[] bytes = new byte[read.Slice.LengthBytes];
            read.Slice.Read(bytes, 0, out _);
            read.Slice.Dispose();
            var batch = new BatchHeader(bytes);
            BatchVectorTests.CheckHeader(expected!.AsObject(), batch);
            BatchVectorTests.CheckRecords(expected.AsObject(), batch);
            offset = batch.NextOffset;
        }

        Assert.Equal(log.LogEndOffset, offset);
        return batches.Length;
    }

    private static LogDirectory Open(string path) => LogDirectory.Open(path,
        new LinuxFileSystem(),
        new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(1735700000000)));

    private static string[] Describe(ProducerTable table) => [.. table.Entries
        .OrderBy(entry => entry.ProducerId)
        .Select(entry => string.Create(CultureInfo.InvariantCulture,
            $"{entry.ProducerId} {entry.Epoch} {entry.LastSequence} {entry.LastTimestampMs} "
            + $"{entry.CoordinatorEpoch} {entry.OpenTransactionOffset}"))];

    private static void Unpack(string archive, string target)
    {
        try
        {
            using Process tar = Process.Start("tar", ["--zstd", "-xf", archive, "-C", target]);
            tar.WaitForExit();
            Assert.Equal(0, tar.ExitCode);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("tar is absent");
        }
    }
}
