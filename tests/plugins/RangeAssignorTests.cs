using System.Text.Json.Nodes;
using Teralog.Abstractions;
using Teralog.Assignor.Range;
using Teralog.TestKit;

namespace Teralog.Plugins.Tests;

public sealed class RangeAssignorTests
{
    private static readonly IAssignor Range =
        Offers.Of(new RangeAssignorPlugin()).Assignors.Single();

    [Theory, InlineData("server"), InlineData("client")]
    public void Equals_kafkas_range(string side)
    {
        if (SharedFolder.Find("protocol") is null) Assert.Skip("no shared folder");
        int groups = 0;
        foreach (var vector in VectorFile.Lines("assignors.jsonl.gz"))
        {
            if ((string)vector["assignor"]! != "range" || (string)vector["side"]! != side) continue;
            // The client's assignor moves partitions to equal racks first; the server's does not.
            if (side == "client" && vector["topics"]!.ToJsonString().Contains("racks")) continue;
            Assert.Equal(Expected(vector), Actual(vector));
            groups++;
        }
        Assert.True(groups > 200, $"only {groups} groups");
    }

    private static List<string> Expected(JsonObject vector) =>
    [
        .. vector["assignment"]!.AsObject()
            .SelectMany(member => member.Value!.AsObject().Select(topic =>
                Line(member.Key, topic.Key, topic.Value!.AsArray().Select(p => (int)p!))))
            .Order(StringComparer.Ordinal),
    ];

    private static List<string> Actual(JsonObject vector)
    {
        var assignment = new AssignmentBuilder();
        Range.Assign(Snapshot(vector), assignment);
        return
        [
            .. assignment.Members
                .SelectMany(member => member.Value.Select(topic =>
                    Line(member.Key, topic.Key, topic.Value)))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static string Line(string member, string topic, IEnumerable<int> partitions) =>
        $"{member}/{topic}/{string.Join(',', partitions.Order())}";

    private static GroupSnapshot Snapshot(JsonObject vector) => new(
        "group",
        [
            .. vector["members"]!.AsArray().Select(member => new MemberSnapshot(
                (string)member!["id"]!, (string?)member["instanceId"], (string?)member["rack"],
                [.. member["topics"]!.AsArray().Select(topic => (string)topic!)],
                new Dictionary<string, IReadOnlyList<int>>())),
        ],
        [
            .. vector["topics"]!.AsObject().Select(topic => new TopicSnapshot(
                topic.Key, Guid.Empty, (int)topic.Value!["partitions"]!)),
        ]);
}
