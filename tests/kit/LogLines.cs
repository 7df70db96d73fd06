using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Unicode;

namespace Teralog.TestKit;

/// <summary>
/// JSON log lines of about 300 bytes. Line <c>sequence</c> of a seed is a pure function of both,
/// so whoever reads lines back needs no copy of them: the sequence inside says what the rest is.
/// </summary>
public static class LogLines
{
    /// <summary>No line, without its newline, is longer than this, in bytes.</summary>
    public const int SizeMaxBytes = 512;

    private static readonly byte[] SequenceStart = "{\"seq\":"u8.ToArray();
    private static readonly DateTime Epoch = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
    private static readonly string[] Levels = ["DEBUG", "INFO", "INFO", "INFO", "WARN", "ERROR"];
    private static readonly int[] Statuses = [
        200, 200, 200, 201, 204, 304, 400, 404, 409, 500, 503];
    private static readonly string[] Services =
        ["checkout", "catalogue", "payment", "search", "session", "shipping", "invoice", "mail"];
    private static readonly string[] Regions = [
        "eu-west-1", "eu-north-1", "us-east-2", "ap-south-1"];
    private static readonly string[] Methods = ["GET", "GET", "GET", "POST", "PUT", "DELETE"];
    private static readonly string[] Paths =
        ["orders", "carts", "customers", "products", "prices", "stock", "sessions", "reports"];
    private static readonly string[] Outcomes =
        ["served from cache", "upstream answered", "retried once", "validated and stored",
         "queued for later delivery", "rejected by policy", "upstream timed out", "not modified"];

    /// <summary>Writes one line, without a newline, and returns its length in bytes.</summary>
    public static int Write(ulong seed, long sequence, Span<byte> destination)
    {
        var dice = new Dice(seed, sequence);
        var at = Epoch.AddMilliseconds(sequence * 3 + dice.Below(3));
        var service = dice.Pick(Services);
        var latencyMs = dice.Below(2_000) / 10.0;
        var written = Utf8.TryWrite(destination, CultureInfo.InvariantCulture,
            $"{{\"seq\":{sequence},\"ts\":\"{at:yyyy-MM-ddTHH:mm:ss.fff}Z\"," +
            $"\"level\":\"{dice.Pick(Levels)}\",\"service\":\"{service}\"," +
            $"\"host\":\"{service}-{dice.Below(64):D2}.{dice.Pick(Regions)}\"," +
            $"\"trace\":\"{dice.Next():x16}{dice.Next():x16}\"," +
            $"\"message\":\"{dice.Pick(Methods)} /v1/{dice.Pick(Paths)}/{dice.Below(1_000_000)}" +
            $" {dice.Pick(Outcomes)}\",\"status\":{dice.Pick(Statuses)}," +
            $"\"latency_ms\":{latencyMs:F1}," +
            $"\"ip\":\"10.{dice.Below(256)}.{dice.Below(256)}.{dice.Below(256)}\"," +
            $"\"user\":\"u-{dice.Below(5_000_000):D7}\",\"bytes\":{dice.Below(65_536)}}}",
            out var lengthBytes);
        return written ? lengthBytes : throw new ArgumentException("Shorter than SizeMaxBytes.");
    }

    /// <summary>Writes lines first..first+count-1 of a seed, each closed by a newline.</summary>
    public static void WriteTo(Stream output, ulong seed, long first, long count)
    {
        var buffer = new ArrayBufferWriter<byte>(1 << 20);
        for (var sequence = first; sequence < first + count; sequence++)
        {
            var line = buffer.GetSpan(SizeMaxBytes + 1);
            var lengthBytes = Write(seed, sequence, line);
            line[lengthBytes] = (byte)'\n';
            buffer.Advance(lengthBytes + 1);
            if (buffer.FreeCapacity > SizeMaxBytes + 1)
                continue;
            output.Write(buffer.WrittenSpan);
            buffer.ResetWrittenCount();
        }
        output.Write(buffer.WrittenSpan);
        output.Flush();
    }

    /// <summary>True when these bytes are exactly a line of the seed; says which one.</summary>
    public static bool IsLine(ReadOnlySpan<byte> line, ulong seed, out long sequence)
    {
        sequence = -1;
        if (!line.StartsWith(SequenceStart)
            || !Utf8Parser.TryParse(line[SequenceStart.Length..], out sequence, out int _))
            return false;
        Span<byte> expected = stackalloc byte[SizeMaxBytes];
        return line.SequenceEqual(expected[..Write(seed, sequence, expected)]);
    }

    /// <summary>SplitMix64 (Steele et al., 2014), started from the seed and the sequence.</summary>
    private ref struct Dice(ulong seed, long sequence)
    {
        private ulong state = seed + (ulong)sequence * 0xD1B54A32D192ED03UL;

        public ulong Next()
        {
            var mixed = state += 0x9E3779B97F4A7C15UL;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            return mixed ^ (mixed >> 31);
        }

        public int Below(int bound) => (int)(Next() % (ulong)bound);

        public T Pick<T>(T[] values) => values[Below(values.Length)];
    }
}
