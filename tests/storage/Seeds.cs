using System.Globalization;

namespace Teralog.Storage.Tests;

/// <summary>A seed for each random test: printed, and replayed by TERALOG_SEED.</summary>
internal static class Seeds
{
    public static Random Next()
    {
        string? given = Environment.GetEnvironmentVariable("TERALOG_SEED");
        int seed = given is null
            ? Guid.NewGuid().GetHashCode()
            : int.Parse(given, CultureInfo.InvariantCulture);
        TestContext.Current.TestOutputHelper?.WriteLine($"TERALOG_SEED={seed}");
        return new Random(seed);
    }

    public static byte[] Bytes(this Random random, int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
