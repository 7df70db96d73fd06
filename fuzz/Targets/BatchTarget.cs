using Teralog.Records;

namespace Teralog.Fuzz.Targets;

/// <summary>
/// Record batches as a producer sends them. What the validator accepts is one whole batch whose
/// records can all be read; walking batches of any bytes ends and stays inside them.
/// </summary>
internal sealed class BatchTarget : IFuzzTarget
{
    private const int RecordsMax = 8;

    /// <inheritdoc/>
    public string Name => "batch";

    /// <inheritdoc/>
    public int SmokeIterations => 50_000;

    /// <inheritdoc/>
    public void Run(Random random)
    {
        var right = Batch(random);
        Check.That(IsAccepted(right), "a right batch is refused");
        var bytes = Mutation.Of(right, random);
        // Without a right CRC nearly every change ends at the CRC.
        if (IsWhole(bytes) && random.Next(4) > 0)
            new BatchEditor(bytes).SealCrc();
        Check.Bounded(bytes.Length, () => Try(bytes));
    }

    private static void Try(byte[] bytes)
    {
        Walk(bytes);
        if (!IsAccepted(bytes))
            return;
        var batch = new BatchHeader(bytes);
        Check.That(batch.SizeBytes == bytes.Length, "accepted, but not one whole batch");
        Check.That(batch.LastOffset == batch.Count - 1, "accepted with a wrong count");
        if (batch.Compression == CompressionType.None)
            Check.That(CountRecords(batch) == batch.Count, "accepted, but a record is missing");
    }

    private static bool IsWhole(byte[] bytes) =>
        bytes.Length >= BatchFormat.HeaderSizeBytes
        && new BatchHeader(bytes).SizeBytes is var size
        && size >= BatchFormat.HeaderSizeBytes
        && size <= bytes.Length;

    private static bool IsAccepted(byte[] bytes) =>
        BatchValidator.Check(bytes, new BatchRules(), out _) == BatchCheck.Ok;

    private static int CountRecords(in BatchHeader batch)
    {
        var count = 0;
        var reader = new RecordReader(batch);
        for (; reader.TryRead(out var record); count++)
        {
            foreach (var header in record.Headers)
                _ = header.Value.Span.Length + header.Key.Length;
        }
        return reader.IsMalformed ? -1 : count;
    }

    private static void Walk(byte[] bytes)
    {
        var end = 0;
        var batches = new BatchEnumerator(bytes);
        while (batches.MoveNext())
        {
            Check.That(batches.NextPosition > end, "the walk does not go on");
            end = batches.NextPosition;
            Check.That(end <= bytes.Length, "the walk left the bytes");
            if (batches.Current.Compression == CompressionType.None)
                _ = CountRecords(batches.Current);
        }
    }

    private static byte[] Batch(Random random)
    {
        var builder = new BatchBuilder();
        for (var left = random.Next(1, RecordsMax + 1); left > 0; left--)
        {
            builder.Add(random.Next(), Bytes(random), Bytes(random),
                [.. Enumerable.Range(0, random.Next(3))
                    .Select(_ => KeyValuePair.Create(new byte[random.Next(4)], Bytes(random)))]);
        }
        return builder.Build(new BatchBuilderOptions());
    }

    private static byte[]? Bytes(Random random) =>
        random.Next(5) == 0 ? null : new byte[random.Next(40)];
}
