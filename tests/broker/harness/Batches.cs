using System.Text;
using Teralog.Records;

namespace Teralog.Broker.Tests;

/// <summary>Batches as a producer sends them.</summary>
internal static class Batches
{
    public const long TimeMs = 1_764_000_000_000;

    public static byte[] Of(int records, string? key = "key", long timestampMs = TimeMs) =>
        Build(records, new(), key, timestampMs);

    public static byte[] Idempotent(long producerId, int sequence, int records = 1, short epoch = 0)
        => Build(records, new()
        {
            ProducerId = producerId,
            ProducerEpoch = epoch,
            BaseSequence = sequence,
        });

    public static byte[] Gzipped(int records, string? key = "key", long timestampMs = TimeMs) =>
        Build(records, new()
        {
            Compression = CompressionType.Gzip,
            Compressor = (source, output) => new TestCodec().Compress(source, output, 1),
        }, key, timestampMs);

    public static byte[] Build(
        int records, BatchBuilderOptions options, string? key = "key", long timestampMs = TimeMs)
    {
        var builder = new BatchBuilder();
        for (int index = 0; index < records; index++)
        {
            builder.Add(
                timestampMs + index, key is null ? null : Encoding.UTF8.GetBytes(key),
                Encoding.UTF8.GetBytes($"value-{index}"));
        }

        return builder.Build(options);
    }
}
