namespace Teralog.Fuzz;

/// <summary>The command line's work and its exit codes.</summary>
internal static class FuzzCommand
{
    /// <summary>Nothing failed.</summary>
    public const int ExitOk = 0;

    /// <summary>A target failed.</summary>
    public const int ExitFailed = 1;

    /// <summary>There is no such target.</summary>
    public const int ExitUsage = 2;

    /// <summary>Runs one target, or all briefly.</summary>
    public static int Run(string name, int seed, int iterations, TextWriter output)
    {
        if (name == "smoke")
            return FuzzTargets.Smoke(seed, output) ? ExitOk : ExitFailed;
        var target = FuzzTargets.All.Append(FuzzTargets.Canary)
            .FirstOrDefault(one => one.Name == name);
        if (target is null)
        {
            output.WriteLine($"no target '{name}'");
            return ExitUsage;
        }
        return FuzzRunner.Run(target, seed, iterations, output) ? ExitOk : ExitFailed;
    }
}
