namespace Teralog.Fuzz;

/// <summary>
/// Runs a target. Iteration n of seed s is iteration 0 of seed s + n, so a failure names the one
/// command that shows it again.
/// </summary>
internal static class FuzzRunner
{
    /// <summary>Runs until a failure or the end; says which on <paramref name="output"/>.</summary>
    public static bool Run(IFuzzTarget target, int seed, int iterations, TextWriter output)
    {
        for (var index = 0; index < iterations; index++)
        {
            var at = unchecked(seed + index);
            if (Try(target, at) is not { } failure)
                continue;
            output.WriteLine($"{target.Name}: FAILED after {index} iterations: {failure}");
            output.WriteLine($"again: fuzz {target.Name} --seed {at} --iterations 1");
            return false;
        }
        output.WriteLine($"{target.Name}: {iterations} iterations from seed {seed}, no failure");
        return true;
    }

    // Any exception is the finding that a fuzzer looks for: it is reported, not swallowed.
    private static Exception? Try(IFuzzTarget target, int seed)
    {
        try
        {
            target.Run(new Random(seed));
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }
}
