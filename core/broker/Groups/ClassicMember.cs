using Teralog.Abstractions;

namespace Teralog.Broker.Groups;

/// <summary>One member of a classic group. Belongs to its <see cref="ClassicGroup"/>.</summary>
internal sealed class ClassicMember
{
    /// <summary>Id; a static member that comes back gets a new one.</summary>
    public required string MemberId { get; set; }

    /// <summary>group.instance.id, or null.</summary>
    public required string? InstanceId { get; init; }

    public required string ClientId { get; set; }

    public required string ClientHost { get; set; }

    public required int SessionTimeoutMs { get; set; }

    public required int RebalanceTimeoutMs { get; set; }

    /// <summary>Protocols with opaque metadata, best first.</summary>
    public required IReadOnlyList<GroupProtocol> Protocols { get; set; }

    /// <summary>Opaque assignment in the current generation.</summary>
    public byte[] Assignment { get; set; } = [];

    /// <summary>In its first join: a longer timeout holds until the join is answered.</summary>
    public bool IsNew { get; set; }

    /// <summary>When it is given up unless it is heard of; on the step's clock.</summary>
    public long SessionDeadlineMs { get; set; } = long.MaxValue;

    /// <summary>The join that waits, or null.</summary>
    public Reply<JoinResult>? Join { get; set; }

    /// <summary>The sync that waits, or null.</summary>
    public Reply<SyncResult>? Sync { get; set; }

    /// <summary>Whether it stands in a rebalance, where silence is no fault of its own.</summary>
    public bool IsExcused => (Join is not null && !IsNew) || Sync is not null;

    /// <summary>Metadata for a protocol; empty where it does not have the protocol.</summary>
    public byte[] MetadataFor(string? protocol)
    {
        foreach (var candidate in Protocols)
        {
            if (candidate.Name == protocol)
                return candidate.Metadata;
        }

        return [];
    }

    /// <summary>Whether names and metadata are the same, in the same order.</summary>
    public bool HasProtocols(IReadOnlyList<GroupProtocol> protocols)
    {
        if (protocols.Count != Protocols.Count)
            return false;
        for (var index = 0; index < protocols.Count; index++)
        {
            if (protocols[index].Name != Protocols[index].Name
                || !protocols[index].Metadata.AsSpan().SequenceEqual(Protocols[index].Metadata))
                return false;
        }

        return true;
    }
}
