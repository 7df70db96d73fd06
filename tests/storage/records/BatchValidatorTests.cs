using System.Text.Json.Nodes;
using Teralog.Records;

namespace Teralog.Storage.Tests.Records;

public sealed class BatchValidatorTests
{
    // Kafka decompresses every batch on produce; here it is not done, so what is wrong inside a
    // compressed payload shows to the consumer (a topic may ask for full validation later).
    private static readonly string[] ShownByDecompressionOnly =
    [
        "gzip-bad-trailer-crc", "zlib-not-gzip", "snappy-framed", "snappy-xerial-huge-block",
        "snappy-block-claims-2-gib", "lz4-bad-block-checksum", "lz4-linked-blocks",
        "lz4-reserved-bit", "lz4-version-2", "lz4-bad-header-checksum",
        "lz4-broken-header-checksum", "lz4-two-frames", "lz4-raw-block", "lz4-no-end-mark",
        "zstd-bad-checksum", "zstd-window-2-gib", "plain-payload-says-gzip",
        "half-a-payload-gzip", "flipped-payload-gzip", "records-trailing-gzip",
        "plain-payload-says-snappy", "half-a-payload-snappy", "records-trailing-snappy",
        "plain-payload-says-lz4", "half-a-payload-lz4", "flipped-payload-lz4",
        "records-trailing-lz4", "plain-payload-says-zstd", "half-a-payload-zstd",
        "flipped-payload-zstd", "payload-trailing-zstd", "records-trailing-zstd",
        "record-length-negative-lz4", "record-length-huge-lz4",
        "record-length-varint-overflow-lz4", "record-timestamp-varlong-overflow-lz4",
        "record-timestamp-10-bytes-lz4", "record-offset-varint-overflow-lz4",
        "offset-delta-same-lz4", "offset-delta-decreasing-lz4", "offset-delta-from-1-lz4",
        "offset-delta-gap-lz4", "offset-delta-negative-lz4", "offset-delta-max-lz4",
        "key-length-too-large-lz4", "value-length-too-large-lz4", "value-length-huge-lz4",
        "header-count-negative-lz4", "header-count-huge-lz4", "header-count-1-none-there-lz4",
        "header-key-null-lz4", "record-tail-lz4", "record-claims-1-gib-zstd",
    ];

    // Kafka takes the batch and drops what follows it; no client sends that.
    private static readonly string[] RefusedThoughKafkaTakesIt =
        ["trailing-5-bytes", "trailing-partial-batch"];

    [Fact]
    public void What_Kafka_refuses_is_refused_and_what_it_takes_is_taken()
    {
        var wrong = new List<string>();
        int count = 0;
        foreach (JsonObject vector in BatchVectorTests.Vectors().Where(
            vector => (string)vector["kind"]! is "corrupt" or "foreign"))
        {
            string id = (string)vector["id"]!;
            bool isTaken = IsTakenByKafka(vector["kafka"]!.AsObject());
            BatchCheck check = Check(vector);
            bool isException = ShownByDecompressionOnly.Contains(id)
                || RefusedThoughKafkaTakesIt.Contains(id);
            if (isTaken == (check == BatchCheck.Ok) == isException)
                wrong.Add($"{id}: Kafka {(isTaken ? "takes" : "refuses")}, here {check}");
            count++;
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.Equal(248, count);
    }

    private static BatchCheck Check(JsonObject vector) => BatchValidator.Check(
        Convert.FromHexString((string)vector["hex"]!),
        new BatchRules { NowMs = 1735700000000, TimestampAfterMaxMs = 3_600_000 }, out _);

    private static bool IsTakenByKafka(JsonObject kafka)
    {
        bool isParsed = kafka["produceRequest"] is not JsonObject parsed
            || (bool?)parsed["ok"] == true;
        return isParsed && (bool?)kafka["append"]!["ok"] == true;
    }
}
