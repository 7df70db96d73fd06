using Teralog.Net;

namespace Teralog.Abstractions;

/// <summary>What one partition has for a reader.</summary>
public readonly struct FetchResult
{
    /// <summary>None, or why nothing is given.</summary>
    public BrokerError Error { get; init; }

    /// <summary>Bytes in the log; length 0 where there is nothing yet. The lease is the
    /// caller's.</summary>
    public FileSlice Slice { get; init; }

    /// <summary>First offset that is not committed yet; -1 on error.</summary>
    public long HighWatermark { get; init; }

    /// <summary>First offset that is not decided yet; -1 on error.</summary>
    public long LastStableOffset { get; init; }

    /// <summary>First offset of the log; -1 on error.</summary>
    public long LogStartOffset { get; init; }

    /// <summary>Aborted transactions that overlap the slice; null for read-uncommitted.</summary>
    public IReadOnlyList<AbortedTransaction>? AbortedTransactions { get; init; }
}
