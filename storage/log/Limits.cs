namespace Teralog.Storage;

/// <summary>The named limits of this project.</summary>
internal static class Limits
{
    /// <summary>Descriptors of sealed segments that stay open in one log directory.</summary>
    internal const int IdleHandlesMax = 1024;

    /// <summary>What a lookup reads of the log at once, to walk batch headers.</summary>
    internal const int HeaderReadSizeBytes = 4096;

    /// <summary>What a scan reads at once.</summary>
    internal const int ScanReadSizeBytes = 1 << 20;

    /// <summary>What a search by time reads at once.</summary>
    internal const int TimeScanReadSizeBytes = 64 << 10;

    /// <summary>Batches of a producer that are remembered (KIP-98: requests in flight).</summary>
    internal const int ProducerBatchesMax = 5;

    /// <summary>The largest checkpoint, index or snapshot file that is read.</summary>
    internal const int SmallFileSizeMaxBytes = 256 << 20;
}
