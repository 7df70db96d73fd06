using Teralog.Abstractions;

namespace Teralog.Broker.Tests.Groups;

public sealed class MembershipTests
{
    [Fact]
    public void A_silent_member_is_removed_and_the_others_rebalance()
    {
        using var rig = new GroupRig();
        var members = rig.MakeStable(2);
        rig.Advance(9_000);
        Assert.Equal(BrokerError.None, rig.Heartbeat(members[0]));
        rig.Advance(1_000);
        Assert.Equal(BrokerError.RebalanceInProgress, rig.Heartbeat(members[0]));
        Assert.Equal(BrokerError.UnknownMember, rig.Heartbeat(members[1]));
    }

    [Fact]
    public void Heartbeats_keep_a_member_for_ever_with_one_timer()
    {
        using var rig = new GroupRig();
        var member = rig.MakeStable(1)[0];
        for (var round = 0; round < 100; round++)
        {
            rig.Advance(9_000);
            Assert.Equal(BrokerError.None, rig.Heartbeat(member));
        }
    }

    [Fact]
    public void Heartbeats_are_answered_by_state()
    {
        using var rig = new GroupRig();
        Assert.Equal(BrokerError.UnknownMember, rig.Heartbeat("nobody", 1));
        var join = rig.Join();
        rig.Gather();
        var member = GroupRig.Now(join);
        Assert.Equal(BrokerError.None, rig.Heartbeat(member));
        Assert.Equal(BrokerError.IllegalGeneration, rig.Heartbeat(member.MemberId, 0));
        rig.Leave(new LeavingMember(member.MemberId, null, null));
        Assert.Equal(BrokerError.UnknownMember, rig.Heartbeat(member));
    }

    [Fact]
    public void A_batch_of_leaves_is_answered_one_by_one()
    {
        using var rig = new GroupRig();
        var members = rig.MakeStable(3, "instance");
        var pending = GroupRig.Now(rig.Join(requiresId: true)).MemberId;
        var result = rig.Leave(
            new("", "instance", null), new("nobody", null, null),
            new(members[1].MemberId, null, null), new(pending, null, null),
            new("", "absent", null), new("", null, null),
            new(members[2].MemberId, "absent", null));
        Assert.Equal(BrokerError.None, result.Error);
        Assert.Equal(
            [
                BrokerError.None, BrokerError.UnknownMember, BrokerError.None, BrokerError.None,
                BrokerError.UnknownMember, BrokerError.UnknownMember, BrokerError.UnknownMember,
            ],
            result.Members);
        Assert.Equal(GroupState.PreparingRebalance, rig.State.State);
    }

    [Fact]
    public void The_last_leave_empties_the_group_at_once_and_the_log_says_so()
    {
        using var rig = new GroupRig();
        var member = rig.MakeStable(1)[0];
        rig.Leave(new LeavingMember(member.MemberId, null, null));
        Assert.Equal(GroupState.Empty, rig.State.State);
        Assert.Equal(2, rig.State.Persisted!.Generation);
        Assert.Empty(rig.State.Persisted.Members);
        Assert.Null(rig.State.Persisted.Protocol);
        using var next = rig.Restart();
        Assert.Equal(GroupState.Empty, next.State.State);
        var join = next.Join();
        next.Gather();
        Assert.Equal(3, GroupRig.Now(join).GenerationId);
    }

    [Fact]
    public void A_pending_member_that_leaves_does_not_disturb_the_others()
    {
        using var rig = new GroupRig();
        var member = rig.MakeStable(1)[0];
        var pending = GroupRig.Now(rig.Join(requiresId: true)).MemberId;
        rig.Leave(new LeavingMember(pending, null, null));
        Assert.Equal(BrokerError.None, rig.Heartbeat(member));
    }

    [Fact]
    public void A_leave_completes_a_join_phase_that_waited_for_it()
    {
        using var rig = new GroupRig();
        var members = rig.MakeStable(2);
        var leader = rig.Join(members[0].MemberId);
        Assert.False(leader.IsCompleted);
        rig.Leave(new LeavingMember(members[1].MemberId, null, null));
        Assert.Equal(2, GroupRig.Now(leader).GenerationId);
    }

    [Fact]
    public void Closing_answers_everybody_who_waits()
    {
        using var rig = new GroupRig();
        var members = rig.MakeStable(2);
        var join = rig.Join(members[0].MemberId);
        rig.Shard.Close(BrokerError.NotCoordinator);
        Assert.Equal(BrokerError.NotCoordinator, GroupRig.Now(join).Error);
        Assert.Equal(BrokerError.NotCoordinator, rig.Heartbeat(members[0]));
    }
}
