namespace Teralog.Metadata;

/// <summary>
/// Bounds of every store. They stay within etcd's defaults (128 operations and 1.5 MiB a
/// transaction), so that what one node accepts a cluster accepts too.
/// </summary>
public static class MetadataLimits
{
    /// <summary>UTF-8 bytes of a key; at least 1.</summary>
    public const int KeyBytesMax = 512;

    /// <summary>Bytes of a value.</summary>
    public const int ValueBytesMax = 1024 * 1024;

    /// <summary>Writes, and comparisons, of one transaction.</summary>
    public const int OperationsMax = 128;

    /// <summary>Keys and values of one transaction together.</summary>
    public const int TransactionBytesMax = 1024 * 1024 + 256 * 1024;

    /// <summary>Change sets that wait for one watcher before it gets a snapshot instead.</summary>
    public const int WatchQueueMax = 1024;
}
