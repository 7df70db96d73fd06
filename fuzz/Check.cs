namespace Teralog.Fuzz;

/// <summary>What must hold for every input.</summary>
internal static class Check
{
    // A frame's objects may be some times its size; never more by a length that it claims.
    private const int AllocatedPerByteMax = 512;
    private const int AllocatedMax = 128 * 1024;

    /// <summary>Ends the run where the condition is false.</summary>
    public static void That(bool condition, string what)
    {
        if (!condition)
            throw new FuzzFailureException(what);
    }

    /// <summary>Runs and holds what was allocated against the size of the input.</summary>
    public static void Bounded(int inputBytes, Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        action();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        That(allocated < AllocatedMax + (long)AllocatedPerByteMax * inputBytes,
            $"{allocated} bytes allocated for {inputBytes} bytes of input");
    }
}
