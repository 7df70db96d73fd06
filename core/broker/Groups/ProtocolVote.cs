using Teralog.Abstractions;
using Teralog.Records;

namespace Teralog.Broker.Groups;

/// <summary>Which protocol a generation uses: pure functions over the members' lists.</summary>
internal static class ProtocolVote
{
    /// <summary>Names that every member has.</summary>
    public static HashSet<string> Common(IEnumerable<ClassicMember> members)
    {
        HashSet<string>? common = null;
        foreach (var member in members)
        {
            var names = member.Protocols.Select(protocol => protocol.Name);
            if (common is null)
                common = [.. names];
            else
                common.IntersectWith(names);
        }

        return common ?? [];
    }

    /// <summary>
    /// Each member votes for the first in its list that all share; most votes win, and among
    /// equals the name voted for first. At least one must be shared.
    /// </summary>
    public static string Select(IReadOnlyCollection<ClassicMember> members)
    {
        var common = Common(members);
        Invariant.That(common.Count > 0);
        var votes = new OrderedDictionary<string, int>();
        foreach (var member in members)
        {
            var vote = member.Protocols.First(protocol => common.Contains(protocol.Name)).Name;
            votes[vote] = votes.GetValueOrDefault(vote) + 1;
        }

        return votes.MaxBy(vote => vote.Value).Key;
    }

    /// <summary>Whether somebody with these protocols could join members that share
    /// <paramref name="common"/>.</summary>
    public static bool Shares(HashSet<string> common, IReadOnlyList<GroupProtocol> protocols) =>
        protocols.Any(protocol => common.Contains(protocol.Name));
}
