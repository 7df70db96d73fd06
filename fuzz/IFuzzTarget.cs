namespace Teralog.Fuzz;

/// <summary>What takes bytes from outside, and what must hold whatever they are.</summary>
internal interface IFuzzTarget
{
    /// <summary>The target's name on the command line.</summary>
    string Name { get; }

    /// <summary>How many iterations <c>smoke</c> runs.</summary>
    int SmokeIterations { get; }

    /// <summary>
    /// Makes one input and tries it; everything random comes from <paramref name="random"/>.
    /// Throws where something does not hold.
    /// </summary>
    void Run(Random random);
}
