using System.Diagnostics;

namespace Teralog.Interop.Harness;

/// <summary>Waits for a condition, never for a time; fails the test past the deadline.</summary>
internal static class Wait
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(20);

    public static Task UntilAsync(string what, Func<bool> holds, int seconds = 60) =>
        UntilAsync(what, () => Task.FromResult(holds()), seconds);

    public static async Task UntilAsync(string what, Func<Task<bool>> holds, int seconds = 60)
    {
        var waited = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(waited.Elapsed.TotalSeconds < seconds, $"Not within {seconds} s: {what}");
            await Task.Delay(Between);
        }
    }
}
