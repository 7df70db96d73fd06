using Teralog.Records.Wire;

namespace Teralog.Fuzz.Targets;

/// <summary>A parser with the oldest mistake: it believes a length. It must be caught.</summary>
internal sealed class CanaryTarget : IFuzzTarget
{
    private const int ClaimedBytesMax = 16 * 1024 * 1024;

    /// <inheritdoc/>
    public string Name => "canary";

    /// <inheritdoc/>
    public int SmokeIterations => 1_000;

    /// <inheritdoc/>
    public void Run(Random random)
    {
        var bytes = Mutation.Of([0, 0, 0, 4, 1, 2, 3, 4], random);
        Check.Bounded(bytes.Length, () => Parse(bytes));
    }

    private static void Parse(byte[] bytes)
    {
        var claimed = new WireReader(bytes).ReadInt32();
        if (claimed > 0)
            bytes.CopyTo(new byte[Math.Min(claimed, ClaimedBytesMax)], 0);
    }
}
