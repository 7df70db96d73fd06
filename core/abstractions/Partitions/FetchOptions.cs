namespace Teralog.Abstractions;

/// <summary>What to read from one partition.</summary>
/// <param name="Offset">First offset wanted; one inside a batch gives the whole batch.</param>
/// <param name="MaxBytes">Most bytes to give.</param>
/// <param name="Isolation">Visible bound.</param>
/// <param name="AtLeastOneBatch">Give one whole batch even where it is larger than the
/// limit.</param>
/// <param name="CurrentLeaderEpoch">The caller's leader epoch, or -1 (KIP-320).</param>
/// <param name="LastFetchedEpoch">Epoch of the last record the caller has, or -1 (KIP-595).</param>
public readonly record struct FetchOptions(
    long Offset, int MaxBytes, Isolation Isolation, bool AtLeastOneBatch,
    int CurrentLeaderEpoch = -1, int LastFetchedEpoch = -1);
