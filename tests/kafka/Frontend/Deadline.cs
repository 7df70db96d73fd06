using System.Diagnostics;

namespace Teralog.Protocol.Kafka.Tests;

/// <summary>Waits for a condition, never for a time.</summary>
internal static class Deadline
{
    private static readonly TimeSpan Most = TimeSpan.FromSeconds(20);

    public static void Until(Func<bool> condition)
    {
        var since = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(since.Elapsed < Most, "the condition did not come true in time");
            _ = Thread.Yield();
        }
    }
}
