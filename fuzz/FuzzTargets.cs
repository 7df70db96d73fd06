using Teralog.Fuzz.Targets;

namespace Teralog.Fuzz;

/// <summary>Every target by name.</summary>
internal static class FuzzTargets
{
    /// <summary>The one that must fail: it shows that a failure is seen.</summary>
    public static readonly IFuzzTarget Canary = new CanaryTarget();

    /// <summary>The ones that must not.</summary>
    public static readonly IReadOnlyList<IFuzzTarget> All =
        [new FrameTarget(), new BodyTarget(), new WalkTarget(), new BatchTarget()];

    /// <summary>Runs every target for a short while; true where none failed.</summary>
    public static bool Smoke(int seed, TextWriter output)
    {
        var passed = true;
        foreach (var target in All)
            passed &= FuzzRunner.Run(target, seed, target.SmokeIterations, output);
        return passed;
    }
}
