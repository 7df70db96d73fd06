namespace Teralog.Fuzz.Tests;

/// <summary>The fuzz targets, briefly, and the one that must fail.</summary>
public sealed class FuzzSmokeTests(ITestOutputHelper output)
{
    private const int Seed = 20_261_125;

    [Fact]
    public void NoTargetFails()
    {
        var lines = new StringWriter();
        var code = FuzzCommand.Run("smoke", Seed, iterations: 0, lines);
        output.WriteLine(lines.ToString());
        Assert.True(code == FuzzCommand.ExitOk, lines.ToString());
    }

    [Fact]
    public void TheCanaryFailsAndCanBeReplayed()
    {
        var lines = new StringWriter();
        Assert.Equal(FuzzCommand.ExitFailed, FuzzCommand.Run("canary", Seed, 1000, lines));
        var words = lines.ToString().Split(' ', '\n');
        var seed = int.Parse(words[Array.IndexOf(words, "--seed") + 1]);
        Assert.Equal(FuzzCommand.ExitFailed, FuzzCommand.Run("canary", seed, 1, lines));
    }

    [Fact]
    public void AnUnknownTargetIsAUsageError() =>
        Assert.Equal(
            FuzzCommand.ExitUsage, FuzzCommand.Run("nothing", Seed, 1, new StringWriter()));
}
