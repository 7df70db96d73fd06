using Teralog.Abstractions;

namespace Teralog.Assignor.Range;

/// <summary>
/// Topic by topic, the members in order (static ones first, by instance id, then by member id) get
/// runs of neighbouring partitions; the first ones get one more where it does not divide. Topics
/// with equal partition counts and subscribers are thereby co-partitioned. Equal to Kafka's server
/// assignor of the same name (KIP-848).
/// </summary>
internal sealed class RangeAssignor : IAssignor
{
    public string Name => "range";

    public void Assign(GroupSnapshot group, AssignmentBuilder assignment)
    {
        var members = group.Members.Order(MemberOrder.Instance).ToList();
        var subscribers = SubscribersByTopic(members);
        foreach (var topic in group.Topics)
        {
            if (subscribers.TryGetValue(topic.Name, out var interested))
                AssignTopic(topic, interested, assignment);
        }
    }

    /// <summary>First partition and count of the member at <paramref name="position"/>.</summary>
    internal static (int First, int Count) Share(int partitions, int members, int position)
    {
        int each = partitions / members;
        int withOneMore = partitions % members;
        int first = (position * each) + Math.Min(position, withOneMore);
        return (first, each + (position < withOneMore ? 1 : 0));
    }

    private static void AssignTopic(
        TopicSnapshot topic, List<MemberSnapshot> members, AssignmentBuilder assignment)
    {
        for (int position = 0; position < members.Count; position++)
        {
            var (first, count) = Share(topic.Partitions, members.Count, position);
            for (int partition = first; partition < first + count; partition++)
                assignment.Add(members[position].MemberId, topic.Name, partition);
        }
    }

    private static Dictionary<string, List<MemberSnapshot>> SubscribersByTopic(
        List<MemberSnapshot> members)
    {
        var byTopic = new Dictionary<string, List<MemberSnapshot>>(StringComparer.Ordinal);
        foreach (var member in members)
        {
            foreach (string topic in member.Topics.Distinct(StringComparer.Ordinal))
            {
                if (!byTopic.TryGetValue(topic, out var list))
                    byTopic[topic] = list = [];
                list.Add(member);
            }
        }
        return byTopic;
    }
}
