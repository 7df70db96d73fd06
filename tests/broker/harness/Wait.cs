using System.Diagnostics;

namespace Teralog.Broker.Tests;

/// <summary>Polls a condition; fails with its name where it does not come true.</summary>
internal static class Wait
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    public static async Task Until(Func<bool> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < Deadline, $"never came true: {what}");
            await Task.Delay(2, TestContext.Current.CancellationToken);
        }
    }
}
