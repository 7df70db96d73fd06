namespace Teralog.Broker.Tests;

/// <summary>A seed for each random test: printed, and replayed by TERALOG_SEED.</summary>
internal static class Seeds
{
    public static Random Next()
    {
        string? given = Environment.GetEnvironmentVariable("TERALOG_SEED");
        int seed = given is null ? Guid.NewGuid().GetHashCode() : int.Parse(given);
        TestContext.Current.TestOutputHelper?.WriteLine($"TERALOG_SEED={seed}");
        return new Random(seed);
    }
}
