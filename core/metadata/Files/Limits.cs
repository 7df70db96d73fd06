namespace Teralog.Metadata;

/// <summary>Bounds of the file store.</summary>
internal static class Limits
{
    /// <summary>A journal below this is never rolled into a snapshot.</summary>
    public const long JournalBytesBeforeSnapshot = 1024 * 1024;

    /// <summary>… nor one that is smaller than the state times this.</summary>
    public const int JournalToStateRatio = 2;

    /// <summary>A file above this is not read: nothing that this store writes is so
    /// large.</summary>
    public const long FileBytesMax = 1L << 30;

    /// <summary>Transactions that wait for the writer.</summary>
    public const int PendingMax = 4096;

    /// <summary>Payload bytes of a frame after which no further transaction joins the
    /// sync.</summary>
    public const int GroupBytesMax = 2 * 1024 * 1024;
}
