using Teralog.Broker.Records;
using Teralog.Records.Wire;

namespace Teralog.Broker.Groups;

/// <summary>
/// Records of <c>__consumer_offsets</c> as bytes: a key is an int16 record type and its fields, a
/// value an int16 version and its fields. Values are written in the versions of Kafka 4.4: offsets
/// 4 (1 with an expiry of their own), groups 3.
/// </summary>
internal static class GroupRecords
{
    private const short OffsetVersion = 4;
    private const short OffsetWithExpiryVersion = 1;
    private const short GroupVersion = 3;

    /// <summary>A commit.</summary>
    public static CoordinatorRecord Offset(
        string group, string topic, int partition, in CommittedEntry entry)
    {
        var value = new OffsetCommitValue
        {
            Offset = entry.Offset,
            LeaderEpoch = entry.LeaderEpoch,
            Metadata = entry.Metadata,
            CommitTimestamp = entry.CommitTimestampMs,
            ExpireTimestamp = entry.ExpireTimestampMs,
            TopicId = entry.TopicId,
        };
        var version = entry.ExpireTimestampMs >= 0 ? OffsetWithExpiryVersion : OffsetVersion;
        return new(OffsetKey(group, topic, partition), Bytes(version, value, version));
    }

    /// <summary>Removes a commit.</summary>
    public static CoordinatorRecord OffsetTombstone(string group, string topic, int partition) =>
        new(OffsetKey(group, topic, partition), null);

    /// <summary>A group's state.</summary>
    public static CoordinatorRecord Group(string group, GroupMetadataValue value) =>
        new(GroupKey(group), Bytes(GroupVersion, value, GroupVersion));

    /// <summary>Removes a group.</summary>
    public static CoordinatorRecord GroupTombstone(string group) => new(GroupKey(group), null);

    /// <summary>The record type that a key starts with, or -1.</summary>
    public static short TypeOf(ReadOnlySpan<byte> key)
    {
        var reader = new WireReader(key);
        var type = reader.ReadInt16();
        return reader.Failed ? (short)-1 : type;
    }

    /// <summary>Reads a key after its type; null where it is malformed.</summary>
    public static T? ReadKey<T>(ReadOnlySpan<byte> key)
        where T : class, IWireStruct, new()
    {
        var reader = new WireReader(key);
        reader.ReadInt16();
        var fields = reader.ReadStruct<T>(0);
        return reader.Failed ? null : fields;
    }

    /// <summary>Reads a value; null where it is malformed or of a version above
    /// <paramref name="versionMax"/>.</summary>
    public static T? ReadValue<T>(ReadOnlySpan<byte> value, short versionMax)
        where T : class, IWireStruct, new()
    {
        var reader = new WireReader(value);
        var version = reader.ReadInt16();
        if (reader.Failed || version < 0 || version > versionMax)
            return null;
        var fields = reader.ReadStruct<T>(version);
        return reader.Failed ? null : fields;
    }

    private static byte[] OffsetKey(string group, string topic, int partition) =>
        Bytes(
            OffsetCommitKey.RecordType,
            new OffsetCommitKey { Group = group, Topic = topic, Partition = partition }, 0);

    private static byte[] GroupKey(string group) =>
        Bytes(GroupMetadataKey.RecordType, new GroupMetadataKey { Group = group }, 0);

    private static byte[] Bytes(short prefix, IWireStruct fields, short version)
    {
        var writer = new WireWriter(stackalloc byte[256]);
        writer.WriteInt16(prefix);
        fields.Write(ref writer, version);
        var bytes = writer.Written.ToArray();
        writer.Dispose();
        return bytes;
    }
}
