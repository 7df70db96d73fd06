namespace Teralog.Protocol.Kafka;

/// <summary>Names a partition of a session without making objects.</summary>
internal readonly ref struct SessionKey(ReadOnlySpan<byte> name, Guid topicId, int index)
{
    public ReadOnlySpan<byte> Name { get; } = name;

    public Guid TopicId { get; } = topicId;

    public int Index { get; } = index;
}
