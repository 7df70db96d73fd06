using Teralog.Abstractions;

namespace Teralog.Assignor.Range;

/// <summary>Static members by instance id, then the others by member id; all ordinal.</summary>
internal sealed class MemberOrder : IComparer<MemberSnapshot>
{
    public static MemberOrder Instance { get; } = new();

    public int Compare(MemberSnapshot? left, MemberSnapshot? right) =>
        (left?.InstanceId, right?.InstanceId) switch
        {
            (not null, not null) =>
                string.CompareOrdinal(left.InstanceId, right.InstanceId),
            (not null, null) => -1,
            (null, not null) => 1,
            (null, null) => string.CompareOrdinal(left?.MemberId, right?.MemberId),
        };
}
