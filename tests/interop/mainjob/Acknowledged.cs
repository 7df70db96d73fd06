using Confluent.Kafka;

namespace Teralog.Interop.MainJob;

/// <summary>
/// What the producer of the second million was told: for each line its partition and offset.
/// Reports come on the producer's poll thread and on the thread that flushes.
/// </summary>
internal sealed class Acknowledged(long first, int count)
{
    private const long NotYet = -1;
    private const long OffsetUnknown = -2;
    private readonly Lock gate = new();
    private readonly long[] offsets = Filled(count);
    private readonly int[] partitions = new int[count];
    private int total;
    private string? failure;

    /// <summary>Lines acknowledged so far.</summary>
    public int Total => Volatile.Read(ref total);

    /// <summary>The first delivery that failed for good, or null.</summary>
    public string? Failure => Volatile.Read(ref failure);

    public void Report(long sequence, DeliveryReport<byte[]?, byte[]?> report)
    {
        lock (gate)
        {
            if (report.Error.IsError)
            {
                failure ??= $"line {sequence}: {report.Error}";
                return;
            }
            // A retried batch that was already stored is acknowledged without an offset.
            var offset = report.Offset.Value;
            partitions[sequence - first] = report.Partition.Value;
            offsets[sequence - first] = offset < 0 ? OffsetUnknown : offset;
            Volatile.Write(ref total, total + 1);
        }
    }

    public bool Has(long sequence) => offsets[sequence - first] != NotYet;

    /// <summary>False when the line was acknowledged at another place than this one.</summary>
    public bool Agrees(long sequence, int partition, long offset) =>
        offsets[sequence - first] is NotYet or OffsetUnknown
            || (offsets[sequence - first] == offset && partitions[sequence - first] == partition);

    private static long[] Filled(int count)
    {
        var filled = new long[count];
        Array.Fill(filled, NotYet);
        return filled;
    }
}
