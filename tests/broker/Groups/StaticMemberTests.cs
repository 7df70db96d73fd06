using Teralog.Abstractions;

namespace Teralog.Broker.Tests.Groups;

public sealed class StaticMemberTests
{
    [Fact]
    public void A_static_member_comes_back_without_a_rebalance_and_fences_its_old_id()
    {
        using var rig = new GroupRig();
        var members = rig.MakeStable(2, "one", "two");
        var back = GroupRig.Now(rig.Join(instanceId: "two"));
        Assert.Equal(BrokerError.None, back.Error);
        Assert.Equal(1, back.GenerationId);
        Assert.NotEqual(members[1].MemberId, back.MemberId);
        Assert.StartsWith("two-", back.MemberId, StringComparison.Ordinal);
        Assert.Equal(BrokerError.None, rig.Heartbeat(members[0]));
        Assert.Equal(
            BrokerError.FencedInstanceId, rig.Heartbeat(members[1].MemberId, 1, "two"));
        Assert.Equal(BrokerError.UnknownMember, rig.Heartbeat(members[1]));
        Assert.Equal([1], GroupRig.Now(rig.Sync(back, "two")).Assignment);
        Assert.Equal(
            BrokerError.FencedInstanceId,
            GroupRig.Now(rig.Sync(members[1], "two")).Error);
        using var next = rig.Restart();
        Assert.Equal(BrokerError.None, next.Heartbeat(back.MemberId, 1, "two"));
    }

    [Fact]
    public void A_static_leader_that_comes_back_is_told_to_leave_the_assignment_alone()
    {
        using var rig = new GroupRig();
        rig.MakeStable(2, "one", "two");
        var back = GroupRig.Now(rig.Join(instanceId: "one"));
        Assert.True(back.SkipAssignment);
        Assert.Equal(back.MemberId, back.LeaderId);
        Assert.Equal(2, back.Members!.Count);
    }

    [Fact]
    public void An_older_client_learns_its_old_id_as_leader_instead()
    {
        using var rig = new GroupRig();
        var members = rig.MakeStable(2, "one", "two");
        var back = GroupRig.Now(rig.Join(instanceId: "one", canSkip: false));
        Assert.False(back.SkipAssignment);
        Assert.Equal(members[0].MemberId, back.LeaderId);
        Assert.Empty(back.Members!);
    }

    [Fact]
    public void A_replacement_while_the_assignment_is_awaited_starts_over()
    {
        using var rig = new GroupRig();
        Task<JoinResult>[] joins = [rig.Join(instanceId: "one"), rig.Join(instanceId: "two")];
        rig.Gather();
        var waiting = rig.Sync(GroupRig.Now(joins[1]), "two");
        var back = rig.Join(instanceId: "two");
        Assert.Equal(BrokerError.FencedInstanceId, GroupRig.Now(waiting).Error);
        Assert.False(back.IsCompleted);
        _ = rig.Join(GroupRig.Now(joins[0]).MemberId, "one");
        Assert.Equal(2, GroupRig.Now(back).GenerationId);
    }

    [Fact]
    public void A_replacement_in_the_join_phase_fences_the_join_that_waits()
    {
        using var rig = new GroupRig();
        rig.MakeStable(2, "one", "two");
        var third = rig.Join(instanceId: "three");
        var again = rig.Join(instanceId: "three");
        Assert.Equal(BrokerError.FencedInstanceId, GroupRig.Now(third).Error);
        Assert.False(again.IsCompleted);
    }

    [Fact]
    public void A_static_member_that_is_away_survives_a_rebalance_until_its_session_ends()
    {
        using var rig = new GroupRig();
        Task<JoinResult>[] joins =
        [
            rig.Join(instanceId: "one", rebalanceMs: 8000, sessionMs: 20_000),
            rig.Join(instanceId: "two", rebalanceMs: 8000, sessionMs: 60_000),
        ];
        rig.Gather();
        var leader = GroupRig.Now(joins[0]);
        GroupRig.Now(rig.Sync(GroupRig.Now(joins[1]), "two") is { IsCompleted: false }
            ? rig.Sync(leader, "one")
            : throw new InvalidOperationException());
        var again = rig.Join(leader.MemberId, "one", rebalanceMs: 8000, sessionMs: 20_000);
        rig.Advance(8000);
        Assert.Equal(2, GroupRig.Now(again).GenerationId);
        Assert.Equal(2, GroupRig.Now(again).Members!.Count);
    }

    [Fact]
    public void An_instance_id_that_nobody_has_is_unknown()
    {
        using var rig = new GroupRig();
        var member = rig.MakeStable(1, "one")[0];
        Assert.Equal(BrokerError.UnknownMember, rig.Heartbeat(member.MemberId, 1, "other"));
        Assert.Equal(
            BrokerError.FencedInstanceId, GroupRig.Now(rig.Join("stale", "one")).Error);
    }

    [Fact]
    public void A_replacement_that_cannot_be_written_is_not_confirmed()
    {
        using var rig = new GroupRig();
        rig.MakeStable(1, "one");
        rig.Log.Failure = BrokerError.StorageFailed;
        Assert.Equal(
            BrokerError.CoordinatorNotAvailable, GroupRig.Now(rig.Join(instanceId: "one")).Error);
    }
}
