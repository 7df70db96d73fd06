using Teralog.Abstractions;

namespace Teralog.Broker;

/// <summary>The broker behind every frontend: passes calls to who owns the matter.</summary>
internal sealed class Broker(
    IClusterView cluster, TopicRegistry topics, IConfigs configs, IGroups groups,
    IProducerIds producerIds, ILogDirectories logDirectories, CodecTable codecs) : IBroker
{
    /// <inheritdoc/>
    public IClusterView Cluster { get; } = cluster;

    /// <inheritdoc/>
    public ITopics Topics => topics;

    /// <inheritdoc/>
    public IConfigs Configs { get; } = configs;

    /// <inheritdoc/>
    public IGroups Groups { get; } = groups;

    /// <inheritdoc/>
    public IProducerIds ProducerIds { get; } = producerIds;

    /// <inheritdoc/>
    public ILogDirectories LogDirectories { get; } = logDirectories;

    /// <inheritdoc/>
    public ICodec? Codec(int codecId) => codecs.Find(codecId);

    /// <inheritdoc/>
    public PartitionHandle? FindPartition(ReadOnlySpan<char> topic, int partition) =>
        topics.Snapshot.FindPartition(topic, partition);

    /// <inheritdoc/>
    public PartitionHandle? FindPartition(Guid topicId, int partition) =>
        topics.Snapshot.FindPartition(topicId, partition);

    /// <inheritdoc/>
    public void Produce(
        PartitionHandle partition, Span<byte> batches, in ProduceOptions options,
        IProduceCompletion completion, long token) =>
        ((Partition)partition).Produce(batches, options, completion, token);

    /// <inheritdoc/>
    public FetchResult Fetch(PartitionHandle partition, in FetchOptions options) =>
        ((Partition)partition).Fetch(options);

    /// <inheritdoc/>
    public IDisposable Watch(
        ReadOnlySpan<WatchItem> items, int minBytes, IFetchWaiter waiter) =>
        FetchWatch.Park(items, minBytes, waiter);

    /// <inheritdoc/>
    public OffsetLookupResult LookupOffset(
        PartitionHandle partition, in OffsetLookup lookup) => ((Partition)partition).Lookup(lookup);

    /// <inheritdoc/>
    public EpochEndResult EpochEnd(
        PartitionHandle partition, int currentLeaderEpoch, int epoch) =>
        ((Partition)partition).EpochEnd(currentLeaderEpoch, epoch);
}
