using Teralog.Abstractions;

namespace Teralog.Protocol.Kafka.Tests;

/// <summary>Topics in a list.</summary>
internal sealed class FakeTopics : ITopics, IDisposable
{
    private const int PartitionsMax = 100;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (TopicView View, FakePartition[] Partitions)> _byName =
        new(StringComparer.Ordinal);

    public IReadOnlyList<TopicView> List()
    {
        lock (_lock)
            return [.. _byName.Values.Select(one => one.View)];
    }

    public TopicView? Find(string name)
    {
        lock (_lock)
            return _byName.TryGetValue(name, out var found) ? found.View : null;
    }

    public TopicView? Find(Guid topicId)
    {
        lock (_lock)
            return _byName.Values.FirstOrDefault(one => one.View.TopicId == topicId).View;
    }

    public FakePartition? FindPartition(ReadOnlySpan<char> name, int partition)
    {
        lock (_lock)
        {
            return _byName.GetAlternateLookup<ReadOnlySpan<char>>()
                .TryGetValue(name, out var found) ? At(found.Partitions, partition) : null;
        }
    }

    public FakePartition? FindPartition(Guid topicId, int partition)
    {
        lock (_lock)
        {
            foreach (var (view, partitions) in _byName.Values)
            {
                if (view.TopicId == topicId)
                    return At(partitions, partition);
            }
            return null;
        }
    }

    public FakePartition[] Add(string name, int partitions)
    {
        var id = Guid.NewGuid();
        var view = new TopicView(name, id, name.StartsWith("__", StringComparison.Ordinal),
            [.. Enumerable.Range(0, partitions).Select(
                index => new PartitionView(index, 1, 3, [1], [1], []))]);
        FakePartition[] all = [.. Enumerable.Range(0, partitions).Select(
            index => new FakePartition(name, id, index) { IsInternal = view.IsInternal })];
        lock (_lock)
            _byName.Add(name, (view, all));
        return all;
    }

    public ValueTask<CreateTopicResult> CreateAsync(
        NewTopic topic, bool validateOnly, CancellationToken cancellationToken)
    {
        if (Find(topic.Name) is not null)
        {
            return new(new CreateTopicResult(
                BrokerError.TopicAlreadyExists, "It exists.", null, null));
        }
        if (topic.Partitions is < 1 or > PartitionsMax)
            return new(new CreateTopicResult(BrokerError.InvalidPartitions, "No.", null, null));
        _ = Add(topic.Name, topic.Partitions);
        return new(new CreateTopicResult(BrokerError.None, null, Find(topic.Name), []));
    }

    public ValueTask<CreateTopicResult> AutoCreateAsync(
        string name, CancellationToken cancellationToken) =>
        new(new CreateTopicResult(BrokerError.UnknownTopicOrPartition, null, null, null));

    public ValueTask<TopicResult> DeleteAsync(
        string name, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var gone = _byName.Remove(name);
            return new(new TopicResult(
                gone ? BrokerError.None : BrokerError.UnknownTopicOrPartition, null));
        }
    }

    public ValueTask<TopicResult> CreatePartitionsAsync(
        string name, int totalCount, IReadOnlyList<IReadOnlyList<int>>? assignments,
        bool validateOnly, CancellationToken cancellationToken) =>
        new(new TopicResult(BrokerError.InvalidPartitions, "No."));

    public ValueTask<DeleteRecordsResult> DeleteRecordsAsync(
        PartitionHandle partition, long offset, CancellationToken cancellationToken) =>
        new(new DeleteRecordsResult(BrokerError.None, offset));

    public void Dispose()
    {
        foreach (var (_, partitions) in _byName.Values)
            Array.ForEach(partitions, partition => partition.Dispose());
    }

    private static FakePartition? At(FakePartition[] partitions, int index) =>
        (uint)index < (uint)partitions.Length ? partitions[index] : null;
}
