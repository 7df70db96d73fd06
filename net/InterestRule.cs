namespace Teralog.Net;

/// <summary>What a connection is watched for, from its state.</summary>
internal static class InterestRule
{
    /// <summary>
    /// Reading stops for a muted handler, a peer that does not take its output, an ended input
    /// and while memory is short; writing is watched only while the socket is full.
    /// </summary>
    public static Interest Wanted(
        bool muted, bool outputFull, bool inputEnded, bool waitsForMemory, bool socketFull)
    {
        var read = !muted && !outputFull && !inputEnded && !waitsForMemory;
        return (read ? Interest.Read : Interest.None)
            | (socketFull ? Interest.Write : Interest.None);
    }

    /// <summary>
    /// The output queue is full above the high mark and stays so until it is at the low mark.
    /// </summary>
    public static bool IsOutputFull(bool wasFull, long pending, long high, long low) =>
        pending > high || (wasFull && pending > low);

    /// <summary>
    /// Whether the kernel must be told. Reading that is no longer wanted costs nothing until
    /// bytes come, so it is withdrawn only then: a mute and unmute within a turn are free.
    /// </summary>
    public static bool MustChange(Interest registered, Interest wanted, bool readFired)
    {
        var missing = wanted & ~registered;
        var surplus = registered & ~wanted;
        return missing != 0
            || (surplus & Interest.Write) != 0
            || (readFired && (surplus & Interest.Read) != 0);
    }
}
