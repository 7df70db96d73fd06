using System.Diagnostics;

namespace Teralog.TestKit;

/// <summary>Polls a condition; fails with its name when it does not come true.</summary>
public static class Poll
{
    private const int BetweenMs = 2;

    /// <summary>How long a condition may take before the test has failed.</summary>
    public static TimeSpan Deadline { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Returns when the condition holds.</summary>
    /// <exception cref="TimeoutException">It did not within <see cref="Deadline"/>.</exception>
    public static async Task Until(Func<bool> condition, string what)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            if (watch.Elapsed >= Deadline) throw new TimeoutException($"never came true: {what}");
            await Task.Delay(BetweenMs).ConfigureAwait(false);
        }
    }
}
