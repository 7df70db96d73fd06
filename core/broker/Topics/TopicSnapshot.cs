using Teralog.Abstractions;

namespace Teralog.Broker;

/// <summary>All topics as of one moment: immutable, so that readers need no lock.</summary>
internal sealed class TopicSnapshot
{
    private readonly Dictionary<string, TopicState> _byName;
    private readonly Dictionary<string, TopicState>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly Dictionary<Guid, TopicState> _byId;
    private IReadOnlyList<TopicView>? _views;

    private TopicSnapshot(Dictionary<string, TopicState> byName, Dictionary<Guid, TopicState> byId)
    {
        (_byName, _byId) = (byName, byId);
        _bySpan = byName.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    internal static TopicSnapshot Empty { get; } = Of([]);

    internal IReadOnlyCollection<TopicState> All => _byName.Values;

    /// <summary>Ordered by name; made once.</summary>
    internal IReadOnlyList<TopicView> Views => _views ??=
        [.. _byName.Values.OrderBy(one => one.Identity.Name, StringComparer.Ordinal)
            .Select(one => one.View)];

    internal static TopicSnapshot Of(IEnumerable<TopicState> topics)
    {
        var byName = new Dictionary<string, TopicState>(StringComparer.Ordinal);
        var byId = new Dictionary<Guid, TopicState>();
        foreach (TopicState topic in topics)
        {
            byName.Add(topic.Identity.Name, topic);
            byId.Add(topic.Identity.Id, topic);
        }

        return new(byName, byId);
    }

    internal TopicState? Find(string name) => _byName.GetValueOrDefault(name);

    internal TopicState? Find(Guid id) => _byId.GetValueOrDefault(id);

    internal Partition? FindPartition(ReadOnlySpan<char> topic, int partition) =>
        _bySpan.TryGetValue(topic, out TopicState? found) ? Pick(found, partition) : null;

    internal Partition? FindPartition(Guid topicId, int partition) =>
        _byId.TryGetValue(topicId, out TopicState? found) ? Pick(found, partition) : null;

    /// <summary>The same with one topic added or replaced.</summary>
    internal TopicSnapshot With(TopicState topic)
    {
        var byName = new Dictionary<string, TopicState>(_byName, StringComparer.Ordinal);
        var byId = new Dictionary<Guid, TopicState>(_byId);
        byName[topic.Identity.Name] = topic;
        byId[topic.Identity.Id] = topic;
        return new(byName, byId);
    }

    /// <summary>The same without one topic.</summary>
    internal TopicSnapshot Without(TopicState topic)
    {
        var byName = new Dictionary<string, TopicState>(_byName, StringComparer.Ordinal);
        var byId = new Dictionary<Guid, TopicState>(_byId);
        byName.Remove(topic.Identity.Name);
        byId.Remove(topic.Identity.Id);
        return new(byName, byId);
    }

    private static Partition? Pick(TopicState topic, int partition) =>
        (uint)partition < (uint)topic.Partitions.Length ? topic.Partitions[partition] : null;
}
