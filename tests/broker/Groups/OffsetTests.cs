using Teralog.Abstractions;
using Teralog.Broker.Groups;

namespace Teralog.Broker.Tests.Groups;

public sealed class OffsetTests
{
    private const int DayMs = 24 * 60 * 60 * 1000;
    private static readonly byte[] SubscribedToT =
        [0, 3, 0, 0, 0, 1, 0, 1, (byte)'t', 255, 255, 255, 255];

    [Fact]
    public void A_member_commits_in_its_generation_only()
    {
        using var rig = new GroupRig();
        var member = rig.MakeStable(1)[0];
        var done = GroupRig.Now(rig.Commit(member.MemberId, 1, "t", 0, 5, "note"));
        Assert.Equal([BrokerError.None], done.Partitions);
        var entry = rig.State.Offsets.Find("t", 0)!.Value;
        Assert.Equal((5, 3, "note"), (entry.Offset, entry.LeaderEpoch, entry.Metadata));
        Assert.Equal(
            BrokerError.IllegalGeneration,
            GroupRig.Now(rig.Commit(member.MemberId, 2, "t", 0, 6)).Error);
        Assert.Equal(
            BrokerError.UnknownMember, GroupRig.Now(rig.Commit("nobody", 1, "t", 0, 6)).Error);
        Assert.Equal(5, rig.State.Offsets.Find("t", 0)!.Value.Offset);
    }

    [Fact]
    public void A_commit_without_membership_needs_an_empty_group()
    {
        using var rig = new GroupRig();
        Assert.Equal(
            [BrokerError.None], GroupRig.Now(rig.Commit("", -1, "t", 0, 5)).Partitions);
        Assert.Equal("", rig.State.Describe().ProtocolType);
        rig.MakeStable(1);
        Assert.Equal(
            BrokerError.UnknownMember, GroupRig.Now(rig.Commit("", -1, "t", 0, 6)).Error);
        Assert.Equal(5, rig.State.Offsets.Find("t", 0)!.Value.Offset);
    }

    [Fact]
    public void A_generation_without_a_group_is_refused_and_makes_none()
    {
        using var rig = new GroupRig();
        Assert.Equal(
            BrokerError.GroupNotFound, GroupRig.Now(rig.Commit("m", 1, "t", 0, 5)).Error);
        Assert.Null(rig.Find());
    }

    [Fact]
    public void A_commit_while_the_assignment_is_awaited_must_wait()
    {
        using var rig = new GroupRig();
        var join = rig.Join();
        rig.Gather();
        Assert.Equal(
            BrokerError.RebalanceInProgress,
            GroupRig.Now(rig.Commit(GroupRig.Now(join).MemberId, 1, "t", 0, 5)).Error);
    }

    [Fact]
    public void A_commit_is_seen_when_it_is_durable_and_not_before()
    {
        using var rig = new GroupRig();
        rig.Log.IsHolding = true;
        var first = rig.Commit("", -1, "t", 0, 5);
        var second = rig.Commit("", -1, "t", 0, 6);
        Assert.False(first.IsCompleted);
        Assert.Null(rig.State.Offsets.Find("t", 0));
        rig.Release();
        Assert.Equal(BrokerError.None, GroupRig.Now(first).Partitions[0]);
        Assert.Equal(BrokerError.None, GroupRig.Now(second).Partitions[0]);
        Assert.Equal(6, rig.State.Offsets.Find("t", 0)!.Value.Offset);
    }

    [Fact]
    public void A_commit_that_cannot_be_written_changes_nothing()
    {
        using var rig = new GroupRig();
        rig.Log.Failure = BrokerError.StorageFailed;
        Assert.Equal(
            [BrokerError.CoordinatorNotAvailable],
            GroupRig.Now(rig.Commit("", -1, "t", 0, 5)).Partitions);
        Assert.Null(rig.Find());
    }

    [Fact]
    public void Unknown_topics_and_long_metadata_are_refused_by_partition()
    {
        using var rig = new GroupRig();
        Assert.Equal(
            [BrokerError.UnknownTopicOrPartition],
            GroupRig.Now(rig.Commit(
                "", -1, "t", 0, 5, topicError: BrokerError.UnknownTopicOrPartition)).Partitions);
        Assert.Equal(
            [BrokerError.OffsetMetadataTooLarge],
            GroupRig.Now(rig.Commit("", -1, "t", 0, 5, new string('m', 4097))).Partitions);
        Assert.Equal(
            [BrokerError.None],
            GroupRig.Now(rig.Commit("", -1, "t", 0, 5, new string('m', 4096))).Partitions);
        Assert.Equal(1, rig.Log.AppendCount);
    }

    [Fact]
    public void Deleting_a_group_takes_its_offsets_and_those_on_their_way()
    {
        using var rig = new GroupRig();
        GroupRig.Now(rig.Commit("", -1, "t", 0, 5));
        rig.Log.IsHolding = true;
        var commit = rig.Commit("", -1, "t", 1, 6);
        var deletion = rig.Delete();
        Assert.Equal(BrokerError.GroupNotFound, GroupRig.Now(rig.Delete()));
        Assert.Equal(
            BrokerError.CoordinatorNotAvailable, GroupRig.Now(rig.Commit("", -1, "t", 2, 7)).Error);
        rig.Release();
        Assert.Equal(BrokerError.None, GroupRig.Now(deletion));
        Assert.Equal(BrokerError.None, GroupRig.Now(commit).Partitions[0]);
        Assert.Null(rig.Find());
        using var next = rig.Restart();
        Assert.Null(next.Find());
        Assert.Equal(BrokerError.GroupNotFound, GroupRig.Now(next.Delete()));
    }

    [Fact]
    public void A_group_with_members_is_not_deleted()
    {
        using var rig = new GroupRig();
        rig.MakeStable(1);
        Assert.Equal(BrokerError.NonEmptyGroup, GroupRig.Now(rig.Delete()));
        Assert.Equal(GroupState.Stable, rig.State.State);
    }

    [Fact]
    public void Offsets_of_a_subscribed_topic_are_not_deleted()
    {
        using var rig = new GroupRig();
        var join = rig.Join(protocols: [new("range", SubscribedToT)]);
        rig.Gather();
        var member = GroupRig.Now(join);
        GroupRig.Now(rig.Sync(member));
        GroupRig.Now(rig.Commit(member.MemberId, 1, "t", 0, 5));
        GroupRig.Now(rig.Commit(member.MemberId, 1, "u", 0, 5));
        Assert.Equal(
            [BrokerError.GroupSubscribedToTopic],
            GroupRig.Now(rig.DeleteOffsets("t", 0)).Partitions);
        Assert.Equal(
            [BrokerError.None, BrokerError.None],
            GroupRig.Now(rig.DeleteOffsets("u", 0, 1)).Partitions);
        Assert.NotNull(rig.State.Offsets.Find("t", 0));
        Assert.Null(rig.State.Offsets.Find("u", 0));
    }

    [Fact]
    public void Offsets_expire_after_the_group_has_been_empty_for_the_retention()
    {
        using var rig = new GroupRig();
        var member = rig.MakeStable(1)[0];
        GroupRig.Now(rig.Commit(member.MemberId, 1, "t", 0, 5));
        rig.Settings = rig.Settings with { OffsetsRetentionMs = 7 * DayMs };
        for (var round = 0; round < 9; round++)
        {
            rig.Heartbeat(member);
            rig.Expire();
            Assert.NotNull(rig.State.Offsets.Find("t", 0));
            rig.Advance(9000);
        }

        rig.Leave(new LeavingMember(member.MemberId, null, null));
        rig.Advance((7 * DayMs) - 1);
        rig.Expire();
        Assert.NotNull(rig.State.Offsets.Find("t", 0));
        rig.Advance(1);
        rig.Expire();
        Assert.Null(rig.Find());
        using var next = rig.Restart();
        Assert.Null(next.Find());
    }

    [Fact]
    public void Offsets_without_members_expire_by_their_age_one_by_one()
    {
        using var rig = new GroupRig();
        GroupRig.Now(rig.Commit("", -1, "t", 0, 5));
        rig.Advance(DayMs);
        GroupRig.Now(rig.Commit("", -1, "t", 1, 6));
        rig.Advance(6 * DayMs);
        rig.Expire();
        Assert.Null(rig.State.Offsets.Find("t", 0));
        Assert.NotNull(rig.State.Offsets.Find("t", 1));
        rig.Advance(DayMs);
        rig.Expire();
        Assert.Null(rig.Find());
    }

    [Fact]
    public void A_retention_of_the_clients_own_is_kept_with_the_offset()
    {
        using var rig = new GroupRig();
        GroupRig.Now(rig.Commit("", -1, "t", 0, 5, retentionMs: 1000));
        using var next = rig.Restart();
        next.Advance(1000);
        next.Expire();
        Assert.Null(next.Find());
    }

    [Fact]
    public void A_topic_that_is_gone_takes_its_offsets_along()
    {
        using var rig = new GroupRig();
        GroupRig.Now(rig.Commit("", -1, "t", 0, 5));
        GroupRig.Now(rig.Commit("", -1, "u", 0, 5));
        rig.Shard.ForEach((group, step) => group.ForgetTopic("t", step));
        Assert.Null(rig.State.Offsets.Find("t", 0));
        Assert.NotNull(rig.State.Offsets.Find("u", 0));
    }

    [Theory]
    [InlineData(-1, null, 0, 99, false)]
    [InlineData(-1, null, 0, 100, true)]
    [InlineData(-1, 50L, 0, 100, false)]
    [InlineData(-1, 50L, 0, 150, true)]
    [InlineData(10, null, 0, 10, true)]
    [InlineData(200, null, 0, 150, false)]
    public void Expiry_is_a_pure_rule(
        long expireMs, long? idleSinceMs, long committedMs, long nowMs, bool isDue) =>
        Assert.Equal(isDue, OffsetExpiry.IsDue(
            new CommittedEntry(1, -1, "", committedMs, expireMs, Guid.Empty), idleSinceMs, nowMs,
            100));
}
