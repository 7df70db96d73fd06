using Teralog.Records;

namespace Teralog.Storage.Tests;

/// <summary>Batches for tests.</summary>
internal static class Batches
{
    public static byte[] Plain(long timestampMs, int count = 1, int valueSizeBytes = 20) =>
        Make(timestampMs, count, valueSizeBytes, new BatchBuilderOptions());

    public static byte[] Idempotent(
        long producerId, short epoch, int sequence, int count = 1, long timestampMs = 1000) =>
        Make(timestampMs, count, 20, new BatchBuilderOptions
        {
            ProducerId = producerId,
            ProducerEpoch = epoch,
            BaseSequence = sequence,
        });

    public static byte[] Make(
        long timestampMs, int count, int valueSizeBytes, BatchBuilderOptions options)
    {
        var builder = new BatchBuilder();
        for (int index = 0; index < count; index++)
            builder.Add(timestampMs + index, (byte[]?)null, new byte[valueSizeBytes]);

        return builder.Build(options);
    }

    public static byte[] Random(Random random, int countMax = 20)
    {
        var builder = new BatchBuilder();
        int count = random.Next(1, countMax + 1);
        for (int index = 0; index < count; index++)
        {
            var headers = new KeyValuePair<byte[], byte[]?>[random.Next(4) == 0 ? 2 : 0];
            for (int at = 0; at < headers.Length; at++)
                headers[at] = new(random.Bytes(random.Next(5)), MaybeNull(random, 10));
            builder.Add(random.NextInt64(-5, 1L << random.Next(1, 50)),
                MaybeNull(random, 70), MaybeNull(random, 300), headers);
        }

        return builder.Build(new BatchBuilderOptions());
    }

    private static byte[]? MaybeNull(Random random, int sizeMax) =>
        random.Next(5) == 0 ? null : random.Bytes(random.Next(sizeMax));
}
