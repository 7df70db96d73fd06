using System.Text.Json.Nodes;
using Teralog.Records;
using Teralog.TestKit;

namespace Teralog.Storage.Tests.Records;

public sealed class BatchVectorTests
{
    [Fact]
    public void Right_batches_parse_field_by_field_and_record_by_record()
    {
        int batches = 0;
        int records = 0;
        foreach (JsonObject vector in Vectors().Where(
            vector => (string)vector["kind"]! is "v2" or "control"))
        {
            byte[] bytes = Convert.FromHexString((string)vector["hex"]!);
            int position = 0;
            JsonArray expected = vector["batches"]!.AsArray();
            var walk = new BatchEnumerator(bytes);
            foreach (JsonNode? batch in expected)
            {
                Assert.True(walk.MoveNext(), (string)vector["id"]!);
                Assert.Equal(position, walk.Position);
                CheckHeader(batch!.AsObject(), walk.Current);
                records += CheckRecords(batch.AsObject(), walk.Current);
                position += (int)walk.Current.SizeBytes;
                batches++;
            }

            Assert.False(walk.MoveNext());
            Assert.Equal(bytes.Length, position);
        }

        Assert.True(batches >= 97, $"{batches} batches");
        Assert.True(records >= 500, $"{records} records");
    }

    [Fact]
    public void A_batch_built_from_the_records_of_a_plain_one_is_the_same_bytes()
    {
        int count = 0;
        foreach (JsonObject vector in Vectors())
        {
            JsonObject batch = vector["batches"]?.AsArray().FirstOrDefault()?.AsObject() ?? [];
            if (!((string)vector["id"]!).StartsWith("v2-none-", StringComparison.Ordinal)
                || batch["records"] is not JsonArray records)
                continue;

            var builder = new BatchBuilder();
            foreach (JsonNode? record in records)
                Add(builder, record!.AsObject());
            Assert.Equal((string)vector["hex"]!, Convert.ToHexStringLower(
                builder.Build(new BatchBuilderOptions())));
            count++;
        }

        Assert.True(count >= 3, $"{count} batches");
    }

    [Fact]
    public void Markers_are_built_as_Kafka_builds_them()
    {
        JsonObject vector = Vectors().First(each => (string)each["id"]! == "control-commit-0");
        byte[] marker = BatchBuilder.BuildMarker(new BatchBuilderOptions
        {
            BaseOffset = 77,
            LeaderEpoch = 4,
            ProducerId = 4712,
            ProducerEpoch = 3,
        }, isCommit: true, coordinatorEpoch: 0, 1735689600000);
        Assert.Equal((string)vector["hex"]!, Convert.ToHexStringLower(marker));
    }

    internal static IEnumerable<JsonObject> Vectors()
    {
        if (SharedFolder.Find("protocol", "vectors", "batches.jsonl.gz") is null)
            Assert.Skip("the shared folder is absent");

        return VectorFile.Lines("batches.jsonl.gz");
    }

    internal static void CheckHeader(JsonObject expected, in BatchHeader batch)
    {
        Assert.Equal((long)expected["sizeInBytes"]!, batch.SizeBytes);
        Assert.Equal((int)expected["magic"]!, batch.Magic);
        Assert.Equal((long)expected["baseOffset"]!, batch.BaseOffset);
        Assert.Equal((long)expected["lastOffset"]!, batch.LastOffset);
        Assert.Equal((long)expected["nextOffset"]!, batch.NextOffset);
        Assert.Equal((long)expected["crc"]!, batch.Crc);
        Assert.Equal((bool)expected["crcValid"]!, batch.Crc == batch.ComputeCrc());
        Assert.Equal((string)expected["compression"]!,
            batch.Compression.ToString().ToLowerInvariant());
        Assert.Equal((string)expected["timestampType"]!, batch.TimestampType.ToString());
        Assert.Equal((long)expected["maxTimestamp"]!, batch.MaxTimestampMs);
        Assert.Equal((int)expected["attributes"]!, batch.Attributes);
        Assert.Equal((int)expected["lastOffsetDelta"]!, batch.LastOffsetDelta);
        Assert.Equal((int)expected["partitionLeaderEpoch"]!, batch.LeaderEpoch);
        Assert.Equal((bool)expected["transactional"]!, batch.IsTransactional);
        Assert.Equal((bool)expected["control"]!, batch.IsControl);
        Assert.Equal((long)expected["producerId"]!, batch.ProducerId);
        Assert.Equal((short)expected["producerEpoch"]!, batch.ProducerEpoch);
        Assert.Equal((int)expected["baseSequence"]!, batch.BaseSequence);
        Assert.Equal((int)expected["lastSequence"]!, batch.LastSequence);
        Assert.Equal((int)expected["count"]!, batch.Count);
    }

    internal static int CheckRecords(JsonObject expected, in BatchHeader batch)
    {
        if (expected["records"] is not JsonArray records
            || batch.Compression != CompressionType.None)
            return 0;

        var reader = new RecordReader(batch);
        foreach (JsonNode? node in records)
        {
            JsonObject record = node!.AsObject();
            Assert.True(reader.TryRead(out RecordView view));
            Assert.Equal((long)record["offset"]!, view.Offset);
            Assert.Equal((long)record["timestamp"]!, view.TimestampMs);
            Assert.Equal(Hex(record["key"]), view.Key.ToArray());
            Assert.Equal(Hex(record["value"]), view.Value.ToArray());
            CheckHeaders(record, view);
        }

        Assert.False(reader.TryRead(out _));
        Assert.False(reader.IsMalformed);
        return records.Count;
    }

    private static void CheckHeaders(JsonObject record, in RecordView view)
    {
        JsonArray headers = record["headers"]?.AsArray() ?? [];
        Assert.Equal(headers.Count, view.HeaderCount);
        int index = 0;
        foreach (RecordHeader header in view.Headers)
        {
            JsonArray expected = headers[index++]!.AsArray();
            Assert.Equal((string)expected[0]!, System.Text.Encoding.UTF8.GetString(header.Key));
            Assert.Equal(Hex(expected[1]), header.Value.ToArray());
        }
    }

    private static void Add(BatchBuilder builder, JsonObject record)
    {
        var headers = new List<KeyValuePair<byte[], byte[]?>>();
        foreach (JsonNode? header in record["headers"]?.AsArray() ?? [])
        {
            headers.Add(new(System.Text.Encoding.UTF8.GetBytes((string)header![0]!),
                Hex(header[1])));
        }

        builder.Add((long)record["timestamp"]!, Hex(record["key"]), Hex(record["value"]),
            headers.ToArray());
    }

    private static byte[]? Hex(JsonNode? node) =>
        node is null ? null : Convert.FromHexString((string)node!);
}
