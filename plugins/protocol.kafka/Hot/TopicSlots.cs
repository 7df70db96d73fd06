using System.Text;
using Teralog.Abstractions;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// The topics of one hot request, by name or by id, with the names copied out of the receive
/// buffer into memory that is used again.
/// </summary>
internal sealed class TopicSlots
{
    private const int NameBytesStart = 256;

    private Slot[] _slots = new Slot[4];
    private byte[] _names = new byte[NameBytesStart];
    private int _namesSizeBytes;

    public int Count { get; private set; }

    /// <summary>Adds a topic; an empty name where the request has ids.</summary>
    public void Add(ReadOnlySpan<byte> name, Guid topicId)
    {
        if (Count == _slots.Length)
            Array.Resize(ref _slots, Count * 2);
        if (_names.Length - _namesSizeBytes < name.Length)
            Array.Resize(ref _names, Math.Max(_names.Length * 2, _namesSizeBytes + name.Length));
        name.CopyTo(_names.AsSpan(_namesSizeBytes));
        _slots[Count++] = new(_namesSizeBytes, name.Length, topicId);
        _namesSizeBytes += name.Length;
    }

    /// <summary>The name as it stood in the request, bytes of UTF-8.</summary>
    public ReadOnlySpan<byte> Name(int topic) =>
        _names.AsSpan(_slots[topic].NameStart, _slots[topic].NameSizeBytes);

    public Guid TopicId(int topic) => _slots[topic].TopicId;

    /// <summary>Finds a partition; null where it does not exist.</summary>
    public PartitionHandle? FindPartition(int topic, int partition, bool byId, IBroker broker)
    {
        if (byId)
            return broker.FindPartition(TopicId(topic), partition);
        var name = Name(topic);
        if (name.Length > Limits.TopicNameBytesMax)
            return null;
        Span<char> text = stackalloc char[Limits.TopicNameBytesMax];
        return broker.FindPartition(text[..Encoding.UTF8.GetChars(name, text)], partition);
    }

    /// <summary>Forgets all; memory above the usual is let go.</summary>
    public void Clear()
    {
        if (_slots.Length > Limits.PooledElementsMax)
            _slots = new Slot[4];
        if (_names.Length > Limits.PooledElementsMax * NameBytesStart)
            _names = new byte[NameBytesStart];
        Count = 0;
        _namesSizeBytes = 0;
    }

    private readonly record struct Slot(int NameStart, int NameSizeBytes, Guid TopicId);
}
