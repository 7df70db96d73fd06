namespace Teralog.Broker.Groups;

/// <summary>Bounds of the group coordinator that no configuration moves.</summary>
internal static class GroupLimits
{
    /// <summary>How long a new member may wait in its first join, in milliseconds.</summary>
    public const int NewMemberJoinTimeoutMs = 5 * 60 * 1000;

    /// <summary>Most member ids handed out and not used yet, in one group (KIP-394).</summary>
    public const int PendingMembersMax = 10_000;

    /// <summary>Records of one write are cut into batches of about this size.</summary>
    public const int WriteBatchSizeBytes = 256 * 1024;

    /// <summary>Bytes read at a time while a partition is loaded; one batch may be
    /// larger.</summary>
    public const int LoadReadSizeBytes = 1024 * 1024;

    /// <summary>Most bytes that one batch of the internal topic may decompress to.</summary>
    public const int DecompressedBytesMax = 256 * 1024 * 1024;

    /// <summary>
    /// How long a write to the internal topic may take, in milliseconds: as long as it takes. Given
    /// up, its outcome would be unknown; clients have timeouts of their own.
    /// </summary>
    public const int WriteTimeoutMs = int.MaxValue;

    /// <summary>Most names of topics that are read out of one member's subscription.</summary>
    public const int SubscribedTopicsMax = 100_000;
}
