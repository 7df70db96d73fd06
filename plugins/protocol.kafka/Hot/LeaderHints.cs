using System.Text;
using Teralog.Abstractions;
using Teralog.Records.Wire;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// Where the leader of a partition is, as a tagged field of the partition that asked the wrong
/// broker, and the endpoints of those leaders at the end of the response (KIP-951). Rare: it may
/// allocate.
/// </summary>
internal struct LeaderHints
{
    private SortedSet<int>? _leaders;
    private IReadOnlyList<BrokerEndpoint>? _endpoints;

    /// <summary>Writes a partition's tagged fields with its current leader, or none.</summary>
    public void WriteLeader(
        ref WireWriter writer, TopicSlots topics, int topic, int partition, uint tag,
        KafkaConnection connection)
    {
        var found = Find(topics, topic, partition, connection);
        if (found is null)
        {
            writer.WriteUnsignedVarint(0);
            return;
        }
        _endpoints ??= connection.Services.Broker.Cluster.Brokers(
            connection.Connection.ListenerName);
        _ = (_leaders ??= []).Add(found.Leader);
        writer.WriteUnsignedVarint(1);
        var mark = writer.BeginTag(tag);
        writer.WriteInt32(found.Leader);
        writer.WriteInt32(found.LeaderEpoch);
        writer.WriteUnsignedVarint(0);
        writer.EndTag(mark);
    }

    /// <summary>Writes the response's last tagged fields.</summary>
    public readonly void WriteNodeEndpoints(ref WireWriter writer, bool served)
    {
        if (served && _leaders is not null)
            WriteEndpoints(ref writer, _leaders, _endpoints!);
        else
            writer.WriteUnsignedVarint(0);
    }

    // Apart, so that the closure is made only where there is something to say.
    private static void WriteEndpoints(
        ref WireWriter writer, SortedSet<int> leaders, IReadOnlyList<BrokerEndpoint> endpoints)
    {
        var known = endpoints.Where(endpoint => leaders.Contains(endpoint.NodeId)).ToList();
        writer.WriteUnsignedVarint(1);
        var mark = writer.BeginTag(0);
        writer.WriteLength(known.Count, compact: true);
        foreach (var endpoint in known)
        {
            writer.WriteInt32(endpoint.NodeId);
            writer.WriteString(endpoint.Host, compact: true);
            writer.WriteInt32(endpoint.Port);
            writer.WriteNullableString(endpoint.Rack, compact: true);
            writer.WriteUnsignedVarint(0);
        }
        writer.EndTag(mark);
    }

    private static PartitionView? Find(
        TopicSlots topics, int topic, int partition, KafkaConnection connection)
    {
        var all = connection.Services.Broker.Topics;
        var view = topics.TopicId(topic) is var id && id != Guid.Empty
            ? all.Find(id)
            : all.Find(Encoding.UTF8.GetString(topics.Name(topic)));
        return view?.Partitions.FirstOrDefault(
            known => known.Index == partition && known.Leader >= 0);
    }
}
