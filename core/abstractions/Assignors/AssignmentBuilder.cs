namespace Teralog.Abstractions;

/// <summary>Collects an assignment: member id to topic to partitions.</summary>
public sealed class AssignmentBuilder
{
    private readonly Dictionary<string, SortedDictionary<string, List<int>>> _members =
        new(StringComparer.Ordinal);

    /// <summary>Gives one partition to one member.</summary>
    public void Add(string memberId, string topic, int partition)
    {
        if (!_members.TryGetValue(memberId, out var topics))
            _members[memberId] = topics = new(StringComparer.Ordinal);
        if (!topics.TryGetValue(topic, out var partitions))
            topics[topic] = partitions = [];
        partitions.Add(partition);
    }

    /// <summary>What was given, by member id and topic name, partitions in order of addition.
    /// </summary>
    public IReadOnlyDictionary<string, SortedDictionary<string, List<int>>> Members => _members;
}
