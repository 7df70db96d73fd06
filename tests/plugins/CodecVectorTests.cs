using System.Text.Json.Nodes;
using Teralog.Abstractions;
using Teralog.Records;
using Teralog.TestKit;

namespace Teralog.Plugins.Tests;

/// <summary>Batches that Kafka and other encoders compressed, read through our codecs.</summary>
public sealed class CodecVectorTests
{
    /// <summary>Kafka ends at the first LZ4 frame, our library reads on: harmless to a reader.
    /// </summary>
    private static readonly string[] ReadByUsOnly = ["lz4-two-frames"];

    [Fact]
    public void Every_compressed_batch_of_kafka_reads_record_by_record()
    {
        int batches = 0;
        foreach (var vector in Vectors("v2", "control"))
        {
            Assert.Equal(ExpectedRecords(vector), ReadRecords(vector));
            batches++;
        }
        Assert.True(batches > 50, $"only {batches} batches");
    }

    [Fact]
    public void Foreign_encodings_read_as_kafka_reads_them()
    {
        int batches = 0;
        foreach (var vector in Vectors("foreign"))
        {
            batches++;
            string id = (string)vector["id"]!;
            bool kafkaReads = vector["kafka"]!["append"]!["ok"] is not null;
            int? records = ReadRecords(vector)?.Count;
            if (kafkaReads) Assert.True(records == 3, $"{id}: {records} records");
            else if (!ReadByUsOnly.Contains(id)) Assert.True(records != 3, $"{id}: read");
        }
        Assert.True(batches > 20, $"only {batches} batches");
    }

    private static IEnumerable<JsonObject> Vectors(params string[] kinds)
    {
        if (SharedFolder.Find("protocol") is null) Assert.Skip("no shared folder");
        return VectorFile.Lines("batches.jsonl.gz")
            .Where(vector => kinds.Contains((string)vector["kind"]!));
    }

    private static List<string> ExpectedRecords(JsonObject vector) =>
    [
        .. vector["batches"]!.AsArray()
            .SelectMany(batch => batch!["records"]!.AsArray())
            .Select(record => $"{record!["offset"]}:{record["key"]}:{record["value"]}"),
    ];

    /// <summary>Offset, key and value of each record, or null where a batch does not
    /// read.</summary>
    private static List<string>? ReadRecords(JsonObject vector)
    {
        var records = new List<string>();
        var batches = new BatchEnumerator(Convert.FromHexString((string)vector["hex"]!));
        while (batches.MoveNext())
        {
            if (!ReadBatch(batches.Current, records)) return null;
        }
        return records;
    }

    private static bool ReadBatch(BatchHeader batch, List<string> records)
    {
        byte[] plain = batch.RecordsSection.ToArray();
        if (batch.Compression != CompressionType.None)
        {
            int id = (int)batch.Compression;
            var codec = CodecTests.All.Single(one => one.Id == id);
            (var result, plain) = CodecTests.Decompress(codec, plain, 100 << 20);
            if (result != CodecResult.Done) return false;
        }
        var reader = new RecordReader(batch, plain);
        while (reader.TryRead(out var record))
            records.Add($"{record.Offset}:{Hex(record.Key)}:{Hex(record.Value)}");
        return !reader.IsMalformed;
    }

    private static string Hex(NullableBytes bytes) =>
        bytes.IsNull ? "" : Convert.ToHexStringLower(bytes.Span);
}
