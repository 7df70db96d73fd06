namespace Teralog.Net.Tests;

/// <summary>A seed for each random test: printed, and replayed by TERALOG_SEED.</summary>
internal static class Seeds
{
    public static Random Next(out int seed)
    {
        var given = Environment.GetEnvironmentVariable("TERALOG_SEED");
        seed = given is null ? Guid.NewGuid().GetHashCode() : int.Parse(given);
        TestContext.Current.SendDiagnosticMessage($"TERALOG_SEED={seed}");
        TestContext.Current.TestOutputHelper?.WriteLine($"TERALOG_SEED={seed}");
        return new Random(seed);
    }

    public static byte[] Bytes(this Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
