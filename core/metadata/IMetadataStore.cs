namespace Teralog.Metadata;

/// <summary>
/// Cluster state as keys with revisions: compare-and-set transactions and ordered watches. One node
/// keeps it in a file beside the logs, a cluster in etcd; callers cannot tell which. Reads and
/// watches answer from a local view that may lag behind other nodes: safety rests on
/// <see cref="CommitAsync"/> alone. All members may be called from any thread.
/// </summary>
/// <remarks>
/// Keys are ordinal strings such as <c>topics/orders</c>; see <see cref="MetadataLimits"/> for
/// their bounds. Revisions are of the whole store, start at 1, and grow by one a committed
/// transaction; an entry's revision is that of the transaction that wrote it last (etcd's mod
/// revision).
/// </remarks>
public interface IMetadataStore : IAsyncDisposable
{
    /// <summary>The revision of the local view; 0 when nothing was ever committed.</summary>
    long Revision { get; }

    /// <summary>One entry of the local view, or null where the key does not exist. No
    /// I/O.</summary>
    MetadataEntry? Get(string key);

    /// <summary>
    /// All entries whose key starts with <paramref name="prefix"/> (ordinal; empty means all),
    /// ordered by key, as of one revision. No I/O.
    /// </summary>
    IReadOnlyList<MetadataEntry> List(string prefix);

    /// <summary>
    /// Applies all writes of the transaction when every comparison holds, none otherwise. Durable
    /// before it returns <see cref="MetadataOutcome.Committed"/>, and visible then to
    /// <see cref="Get"/>. The token cancels the wait for the turn, never a write under way.
    /// </summary>
    ValueTask<MetadataCommit> CommitAsync(
        MetadataTransaction transaction, CancellationToken cancellationToken = default);

    /// <summary>
    /// Follows a prefix. The first set is a snapshot of what is there when the enumeration starts;
    /// every later set is one transaction's changes under the prefix, in revision order, none left
    /// out. A reader that falls behind by more than <see cref="MetadataLimits.WatchQueueMax"/> sets
    /// gets a new snapshot instead of the backlog, and must drop what is not in it.
    /// Ends when the token fires or the store closes.
    /// </summary>
    IAsyncEnumerable<MetadataChangeSet> Watch(
        string prefix, CancellationToken cancellationToken = default);
}
