using System.Text.Json;
using Teralog.TestKit;

namespace Teralog.Interop;

/// <summary>The generator of the main job: pure, JSON, about 300 bytes, and checked
/// strictly.</summary>
public sealed class LogLinesTests
{
    private const ulong Seed = 7;

    [Fact]
    public void A_line_is_json_that_carries_its_sequence_and_has_the_promised_size()
    {
        long totalBytes = 0;
        for (var sequence = 0L; sequence < 1_000; sequence++)
        {
            var line = Line(Seed, sequence);
            Assert.Equal(sequence, JsonDocument.Parse(line).RootElement
                .GetProperty("seq").GetInt64());
            Assert.Equal(line, Line(Seed, sequence));
            totalBytes += line.Length;
        }
        Assert.InRange(totalBytes / 1_000, 270, 330);
    }

    [Fact]
    public void Only_the_seeds_own_line_is_recognised()
    {
        var line = Line(Seed, 12_345);
        Assert.True(LogLines.IsLine(line, Seed, out var sequence));
        Assert.Equal(12_345, sequence);
        Assert.False(LogLines.IsLine(line, Seed + 1, out _));
        for (var at = 0; at < line.Length; at++)
        {
            var damaged = line.ToArray();
            damaged[at] ^= 1;
            Assert.False(LogLines.IsLine(damaged, Seed, out _));
        }
        Assert.False(LogLines.IsLine(line.AsSpan(0, line.Length - 1), Seed, out _));
    }

    private static byte[] Line(ulong seed, long sequence)
    {
        var line = new byte[LogLines.SizeMaxBytes];
        return line[..LogLines.Write(seed, sequence, line)];
    }
}
