namespace Teralog.Abstractions;

/// <summary>
/// The broker as every frontend sees it. Hot members (partition lookup, produce, fetch, watch)
/// never block, allocate nothing in steady state, and may be called from any event loop; the
/// services are for everything that is not hot.
/// </summary>
public interface IBroker
{
    /// <summary>Who this broker is, and which brokers there are.</summary>
    IClusterView Cluster { get; }

    /// <summary>Topics: list, create, delete, grow, trim.</summary>
    ITopics Topics { get; }

    /// <summary>Configuration of topics, brokers and groups.</summary>
    IConfigs Configs { get; }

    /// <summary>Consumer groups and committed offsets.</summary>
    IGroups Groups { get; }

    /// <summary>Producer ids for idempotent producers.</summary>
    IProducerIds ProducerIds { get; }

    /// <summary>Disk usage by log directory.</summary>
    ILogDirectories LogDirectories { get; }

    /// <summary>Compression codecs by wire id, as loaded; null where none is.</summary>
    ICodec? Codec(int codecId);

    /// <summary>Finds a partition by name. Lock-free; null where it does not exist.</summary>
    PartitionHandle? FindPartition(ReadOnlySpan<char> topic, int partition);

    /// <summary>Finds a partition by topic id. Lock-free; null where it does not exist.</summary>
    PartitionHandle? FindPartition(Guid topicId, int partition);

    /// <summary>
    /// Checks and appends the batches before it returns: <paramref name="batches"/> may be reused
    /// by the caller afterwards, and is changed in place (offsets, epoch and, for log-append time,
    /// the timestamp and CRC are stamped). Batches are record batches of format v2, back to back.
    /// <paramref name="completion"/> gets <paramref name="token"/> and the result exactly once:
    /// inline for an error or where nothing is waited for, later and on any thread otherwise.
    /// </summary>
    void Produce(
        PartitionHandle partition, Span<byte> batches, in ProduceOptions options,
        IProduceCompletion completion, long token);

    /// <summary>
    /// Finds the bytes to send: no byte is read. The slice's lease passes to the caller, who hands
    /// it to the connection or disposes it.
    /// </summary>
    FetchResult Fetch(PartitionHandle partition, in FetchOptions options);

    /// <summary>
    /// Parks a long poll. <paramref name="waiter"/> is woken once, on any thread and possibly
    /// before this returns, when the watched partitions together have at least
    /// <paramref name="minBytes"/> bytes visible past the given offsets, or one of them cannot be
    /// read any more.
    /// The caller keeps the deadline and disposes the watch when it passes: no wake comes after
    /// <c>Dispose</c> has returned on the caller's thread, except one that is under way already.
    /// </summary>
    IDisposable Watch(ReadOnlySpan<WatchItem> items, int minBytes, IFetchWaiter waiter);

    /// <summary>Looks up an offset by time or by place (KIP-79, KIP-734).</summary>
    OffsetLookupResult LookupOffset(PartitionHandle partition, in OffsetLookup lookup);

    /// <summary>The end offset of a leader epoch (KIP-101, KIP-320).</summary>
    EpochEndResult EpochEnd(PartitionHandle partition, int currentLeaderEpoch, int epoch);
}
