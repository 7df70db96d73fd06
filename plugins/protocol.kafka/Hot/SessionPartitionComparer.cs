namespace Teralog.Protocol.Kafka;

/// <summary>Equality of session partitions by topic and number, with a lookup by
/// <see cref="SessionKey"/>. The hash is seeded by the process: clients choose the names.</summary>
internal sealed class SessionPartitionComparer
    : IEqualityComparer<SessionPartition>,
        IAlternateEqualityComparer<SessionKey, SessionPartition>
{
    public static SessionPartitionComparer Instance { get; } = new();

    public bool Equals(SessionPartition? left, SessionPartition? right) =>
        ReferenceEquals(left, right)
        || (left is not null && right is not null && Equals(KeyOf(left), right));

    public int GetHashCode(SessionPartition partition) => GetHashCode(KeyOf(partition));

    public bool Equals(SessionKey key, SessionPartition partition) =>
        key.Index == partition.Index
        && key.TopicId == partition.TopicId
        && key.Name.SequenceEqual(partition.Name);

    public int GetHashCode(SessionKey key)
    {
        var hash = default(HashCode);
        hash.AddBytes(key.Name);
        hash.Add(key.TopicId);
        hash.Add(key.Index);
        return hash.ToHashCode();
    }

    public SessionPartition Create(SessionKey key) => new(key.Name, key.TopicId, key.Index);

    private static SessionKey KeyOf(SessionPartition partition) =>
        new(partition.Name, partition.TopicId, partition.Index);
}
