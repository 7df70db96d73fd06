namespace Teralog.Net;

/// <summary>The decisions about input, as functions of plain values.</summary>
internal static class InputRules
{
    /// <summary>
    /// The size of an input buffer that holds so many bytes and wants so many: geometric in what
    /// has arrived, never by what was claimed alone, and no larger than the claim.
    /// </summary>
    public static int CapacityFor(int arrivedBytes, int needBytes)
    {
        var least = Math.Max((long)arrivedBytes + 1, Limits.InputBufferBytesMin);
        var geometric = (long)arrivedBytes * Limits.InputGrowthFactor;
        var wanted = needBytes > 0 ? Math.Min(needBytes, geometric) : geometric;
        return (int)Math.Min(Math.Max(least, wanted), Array.MaxLength);
    }

    /// <summary>
    /// A small rest is copied in front of the loop's shared buffer, so that frames lie there
    /// whole; a larger one stays where it is and the receive goes behind it.
    /// </summary>
    public static bool ReceivesShared(int keptBytes, int needBytes) =>
        keptBytes == 0
        || (keptBytes <= Limits.InputInlineBytesMax && needBytes <= Limits.ReceiveBytes);

    /// <summary>The handler should see what is there.</summary>
    public static bool IsDeliverable(int keptBytes, int needBytes) =>
        keptBytes > 0 && keptBytes >= needBytes;
}
