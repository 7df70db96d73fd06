using Teralog.Records.Wire;

namespace Teralog.Broker.Groups;

/// <summary>
/// Topic names inside the metadata of a member whose protocol type is <c>consumer</c>
/// (ConsumerProtocolSubscription: int16 version, then the topics in every version). The rest stays
/// opaque, so newer versions and hostile bytes after the topics do no harm.
/// </summary>
internal static class ConsumerSubscription
{
    /// <summary>The protocol type that these bytes belong to.</summary>
    public const string ProtocolType = "consumer";

    /// <summary>Adds the topics; false where the bytes are not a subscription.</summary>
    public static bool TryReadTopics(ReadOnlySpan<byte> metadata, HashSet<string> topics)
    {
        var reader = new WireReader(metadata);
        var version = reader.ReadInt16();
        var count = reader.ReadInt32();
        if (reader.Failed || version < 0 || count < 0 || count > GroupLimits.SubscribedTopicsMax)
            return false;
        for (; count > 0 && !reader.Failed; count--)
        {
            var topic = reader.ReadString(compact: false);
            if (!reader.Failed)
                topics.Add(topic);
        }

        return !reader.Failed;
    }

    /// <summary>Topics of all members, or null where one cannot be read: then any topic may be
    /// subscribed.</summary>
    public static HashSet<string>? Topics(IEnumerable<ClassicMember> members, string? protocol)
    {
        var topics = new HashSet<string>();
        foreach (var member in members)
        {
            if (!TryReadTopics(member.MetadataFor(protocol), topics))
                return null;
        }

        return topics;
    }
}
