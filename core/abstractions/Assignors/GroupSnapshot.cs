namespace Teralog.Abstractions;

/// <summary>What an assignor sees of a group. Members are in order of member id
/// (ordinal).</summary>
public sealed record GroupSnapshot(
    string GroupId, IReadOnlyList<MemberSnapshot> Members, IReadOnlyList<TopicSnapshot> Topics);

/// <summary>One member.</summary>
/// <param name="MemberId">Member id.</param>
/// <param name="InstanceId">Static instance id, or null.</param>
/// <param name="Rack">Rack, or null.</param>
/// <param name="Topics">Names of the topics it subscribes to.</param>
/// <param name="Owned">What it has now, by topic name.</param>
public sealed record MemberSnapshot(
    string MemberId, string? InstanceId, string? Rack, IReadOnlyList<string> Topics,
    IReadOnlyDictionary<string, IReadOnlyList<int>> Owned);

/// <summary>One topic that somebody subscribes to.</summary>
/// <param name="Name">Topic name.</param>
/// <param name="TopicId">Topic id.</param>
/// <param name="Partitions">Number of partitions.</param>
/// <param name="Racks">Racks of each partition's replicas, or null where they are not
/// known.</param>
public sealed record TopicSnapshot(
    string Name, Guid TopicId, int Partitions, IReadOnlyList<IReadOnlyList<string>>? Racks = null);
