using System.Globalization;
using System.Text.Json.Nodes;

namespace Teralog.Protocol.Kafka.Tests;

/// <summary>Bodies that are cut or changed: an answer, never an exception or a large array.
/// </summary>
public sealed class HostileBodyTests(ITestOutputHelper output)
{
    private const int CutsMax = 200;
    private const int FlipsEach = 24;

    // An element takes a byte or more and becomes an object of at most a few hundred.
    private const int AllocatedPerByteMax = 512;
    private const int AllocatedMax = 64 * 1024;

    [Fact]
    public void ABodyThatEndsEarlyFails()
    {
        long cuts = 0;
        foreach (var (type, version, body, where) in Requests())
        {
            var step = Math.Max(1, body.Length / CutsMax);
            for (var length = 0; length < body.Length; length += step)
            {
                _ = WireCheck.Read(type, body.AsSpan(0, length), version, out var failed, out _);
                Assert.True(failed, $"{where} cut to {length} of {body.Length}");
                cuts++;
            }
        }
        output.WriteLine($"{cuts} cuts");
        Assert.True(cuts > 10_000);
    }

    [Fact]
    public void ABodyWithChangedBytesIsReadWithinBounds()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("TERALOG_SEED"),
            CultureInfo.InvariantCulture, out var given) ? given : 20_261_125;
        var random = new Random(seed);
        var (reads, failures, worst, worstWhere) = (0, 0, 0.0, "");
        foreach (var (type, version, body, where) in Requests().Where(one => one.Body.Length > 0))
        {
            for (var round = 0; round < FlipsEach; round++)
            {
                var changed = Change(body, random);
                var before = GC.GetAllocatedBytesForCurrentThread();
                var read = WireCheck.Read(type, changed, version, out var failed, out _);
                var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
                GC.KeepAlive(read);
                Assert.True(allocated < AllocatedMax + (long)AllocatedPerByteMax * body.Length,
                    $"{where}: {allocated} bytes for {body.Length}, seed {seed}");
                if ((double)allocated / body.Length > worst && body.Length > 512)
                    (worst, worstWhere) = ((double)allocated / body.Length, where);
                failures += failed ? 1 : 0;
                reads++;
            }
        }
        output.WriteLine($"seed {seed}: {reads} reads, {failures} failed; "
            + $"at most {worst:F1} bytes allocated a byte ({worstWhere})");
        Assert.True(failures > reads / 20, "changes must hurt");
    }

    private static byte[] Change(byte[] body, Random random)
    {
        var changed = (byte[])body.Clone();
        for (var flips = random.Next(1, 5); flips > 0; flips--)
        {
            changed[random.Next(changed.Length)] = random.Next(4) switch
            {
                0 => 0xff,
                1 => 0x7f,
                2 => 0,
                _ => (byte)random.Next(256),
            };
        }
        return changed;
    }

    private static IEnumerable<(Type Type, short Version, byte[] Body, string Where)> Requests()
    {
        foreach (JsonObject vector in Vectors.Read("requests.jsonl.gz"))
        {
            var version = vector.Int16("version");
            yield return (WireCheck.Message(vector.Text("api")), version, vector.Hex("body"),
                $"{vector.Text("api")} {version} {vector.Text("case")}");
        }
    }
}
