namespace Teralog.Broker.Tests.Groups;

/// <summary>Waits for conditions, never for time.</summary>
internal static class Deadline
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    /// <summary>Fails where the condition does not become true.</summary>
    public static void Until(Func<bool> condition) =>
        Assert.True(SpinWait.SpinUntil(condition, Longest), "the condition never became true");
}
