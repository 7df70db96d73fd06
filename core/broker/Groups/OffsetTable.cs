using Teralog.Records;

namespace Teralog.Broker.Groups;

/// <summary>
/// Committed offsets of one group. Changed only by records of the internal topic; beside them it
/// counts the commits on their way, which a deletion must cover too.
/// </summary>
internal sealed class OffsetTable
{
    private readonly SortedDictionary<string, SortedDictionary<int, CommittedEntry>> _topics =
        new(StringComparer.Ordinal);
    private readonly Dictionary<(string Topic, int Partition), int> _pending = [];

    /// <summary>Number of offsets.</summary>
    public int Count { get; private set; }

    /// <summary>Whether nothing is committed or on its way.</summary>
    public bool IsIdle => Count == 0 && _pending.Count == 0;

    /// <summary>All offsets by topic (ordinal) and partition.</summary>
    public IEnumerable<(string Topic, int Partition, CommittedEntry Entry)> All()
    {
        foreach (var (topic, partitions) in _topics)
        {
            foreach (var (partition, entry) in partitions)
                yield return (topic, partition, entry);
        }
    }

    /// <summary>Every key that the log has or will have a value for.</summary>
    public IEnumerable<(string Topic, int Partition)> Keys() =>
        All().Select(row => (row.Topic, row.Partition)).Union(_pending.Keys);

    /// <summary>One offset, or null.</summary>
    public CommittedEntry? Find(string topic, int partition) =>
        _topics.TryGetValue(topic, out var partitions)
        && partitions.TryGetValue(partition, out var entry)
            ? entry
            : null;

    /// <summary>Whether a commit of this partition is on its way.</summary>
    public bool IsPending(string topic, int partition) =>
        _pending.ContainsKey((topic, partition));

    /// <summary>Takes a value from a record.</summary>
    public void Put(string topic, int partition, in CommittedEntry entry)
    {
        if (!_topics.TryGetValue(topic, out var partitions))
            _topics.Add(topic, partitions = []);
        Count += partitions.ContainsKey(partition) ? 0 : 1;
        partitions[partition] = entry;
    }

    /// <summary>Takes a tombstone from a record.</summary>
    public void Remove(string topic, int partition)
    {
        if (!_topics.TryGetValue(topic, out var partitions) || !partitions.Remove(partition))
            return;
        Count--;
        if (partitions.Count == 0)
            _topics.Remove(topic);
    }

    /// <summary>Notes that a commit is on its way.</summary>
    public void AddPending(string topic, int partition) =>
        _pending[(topic, partition)] = _pending.GetValueOrDefault((topic, partition)) + 1;

    /// <summary>Notes that a commit has arrived or failed.</summary>
    public void RemovePending(string topic, int partition)
    {
        var left = _pending[(topic, partition)] - 1;
        Invariant.That(left >= 0);
        if (left > 0)
            _pending[(topic, partition)] = left;
        else
            _pending.Remove((topic, partition));
    }
}
