using Teralog.Abstractions;

namespace Teralog.Broker.Groups;

/// <content>Looking at groups, and deleting them.</content>
internal sealed partial class GroupCoordinator
{
    private const string ClassicType = "classic";

    /// <inheritdoc/>
    public GroupDescription Describe(string groupId)
    {
        var error = RefusalOf(groupId, out var shard);
        return error != BrokerError.None
            ? Missing(groupId, error)
            : shard!.Ask(
                refusal => Missing(groupId, refusal),
                table => table.Find(groupId)?.Describe() ?? Missing(groupId, BrokerError.None));
    }

    /// <inheritdoc/>
    public GroupListing List()
    {
        var error = BrokerError.None;
        var groups = new List<GroupSummary>();
        foreach (var shard in Volatile.Read(ref _shards))
        {
            var refused = shard.Ask(static refusal => refusal, table =>
            {
                groups.AddRange(table.Groups.Where(group => group.State != GroupState.Dead)
                    .Select(group => new GroupSummary(
                        group.GroupId, group.ProtocolType ?? "", group.State, ClassicType)));
                return BrokerError.None;
            });
            error = error == BrokerError.None ? refused : error;
        }

        return new GroupListing(error, groups);
    }

    /// <inheritdoc/>
    public ValueTask<BrokerError> DeleteAsync(
        string groupId, CancellationToken cancellationToken)
    {
        if (RefusalOf(groupId, out var shard) is var error && error != BrokerError.None)
            return new(error);
        return shard!.Call(
            groupId, mayAdd: false, groupId, static refusal => refusal,
            static (group, _, reply, step) =>
            {
                if (group is null)
                    reply.Set(BrokerError.GroupNotFound);
                else
                    group.Delete(reply, step);
            });
    }

    private static GroupDescription Missing(string groupId, BrokerError error) =>
        new(error, groupId, GroupState.Dead, "", "", []);
}
