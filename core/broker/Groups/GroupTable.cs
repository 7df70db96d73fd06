using Teralog.Broker.Records;

namespace Teralog.Broker.Groups;

/// <summary>
/// All groups of one partition of the internal topic. <see cref="Apply"/> is the only way in which
/// durable state changes: a replay and the live path share it.
/// </summary>
internal sealed class GroupTable
{
    private const short OffsetValueVersionMax = 4;
    private const short GroupValueVersionMax = 4;

    private readonly Dictionary<string, ClassicGroup> _groups = [];

    /// <summary>All groups.</summary>
    public IReadOnlyCollection<ClassicGroup> Groups => _groups.Values;

    /// <summary>Records that this version does not know or cannot read, skipped so far.</summary>
    public long SkippedCount { get; private set; }

    /// <summary>A group, or null.</summary>
    public ClassicGroup? Find(string groupId) => _groups.GetValueOrDefault(groupId);

    /// <summary>A group, made where there is none.</summary>
    public ClassicGroup FindOrAdd(string groupId)
    {
        if (!_groups.TryGetValue(groupId, out var group))
            _groups.Add(groupId, group = new ClassicGroup(groupId));
        return group;
    }

    /// <summary>Forgets a group of which nothing is kept.</summary>
    public void RemoveIfVacant(ClassicGroup group)
    {
        if (group.IsVacant && Find(group.GroupId) == group)
            _groups.Remove(group.GroupId);
    }

    /// <summary>Takes one record of the log.</summary>
    public void Apply(ReadOnlySpan<byte> key, byte[]? value)
    {
        var isKnown = GroupRecords.TypeOf(key) switch
        {
            var type when type == LegacyOffsetCommitKey.RecordType
                || type == OffsetCommitKey.RecordType => ApplyOffset(key, value),
            var type when type == GroupMetadataKey.RecordType => ApplyGroup(key, value),
            _ => false,
        };
        SkippedCount += isKnown ? 0 : 1;
    }

    // The legacy key has the same fields in the same places.
    private bool ApplyOffset(ReadOnlySpan<byte> key, byte[]? value)
    {
        if (GroupRecords.ReadKey<OffsetCommitKey>(key) is not { } fields)
            return false;
        if (value is null)
        {
            if (Find(fields.Group) is not { } known)
                return true;
            known.Offsets.Remove(fields.Topic, fields.Partition);
            RemoveIfVacant(known);
            return true;
        }

        if (GroupRecords.ReadValue<OffsetCommitValue>(value, OffsetValueVersionMax) is not { } read)
            return false;
        FindOrAdd(fields.Group).Offsets.Put(fields.Topic, fields.Partition, new CommittedEntry(
            read.Offset, read.LeaderEpoch, read.Metadata, read.CommitTimestamp,
            read.ExpireTimestamp, read.TopicId));
        return true;
    }

    private bool ApplyGroup(ReadOnlySpan<byte> key, byte[]? value)
    {
        if (GroupRecords.ReadKey<GroupMetadataKey>(key) is not { } fields)
            return false;
        if (value is null)
        {
            RemoveGroup(fields.Group);
            return true;
        }

        if (GroupRecords.ReadValue<GroupMetadataValue>(value, GroupValueVersionMax) is not { } read)
            return false;
        FindOrAdd(fields.Group).Apply(read);
        return true;
    }

    // A group that changed its protocol (KIP-848) left a tombstone but kept its offsets.
    private void RemoveGroup(string groupId)
    {
        if (Find(groupId) is not { } group)
            return;
        group.Apply(null);
        if (group.Offsets.IsIdle)
            _groups.Remove(groupId);
    }
}
