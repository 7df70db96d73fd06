using Teralog.Abstractions;

namespace Teralog.Broker.Tests.Groups;

public sealed class SyncTests
{
    [Fact]
    public void Followers_wait_for_the_leader_and_get_what_it_hands_in()
    {
        using var rig = new GroupRig();
        Task<JoinResult>[] joins = [rig.Join(), rig.Join()];
        rig.Gather();
        var leader = GroupRig.Now(joins[0]);
        var follower = GroupRig.Now(joins[1]);
        var waiting = rig.Sync(follower);
        Assert.False(waiting.IsCompleted);
        var first = rig.Sync(
            leader, assignments: [(leader.MemberId, [7]), (follower.MemberId, [8])]);
        Assert.Equal([7], GroupRig.Now(first).Assignment);
        Assert.Equal([8], GroupRig.Now(waiting).Assignment);
        Assert.Equal("range", GroupRig.Now(waiting).ProtocolName);
        Assert.Equal([8], GroupRig.Now(rig.Sync(follower)).Assignment);
    }

    [Fact]
    public void Nobody_learns_an_assignment_before_it_is_durable()
    {
        using var rig = new GroupRig();
        var join = rig.Join();
        rig.Gather();
        rig.Log.IsHolding = true;
        var sync = rig.Sync(GroupRig.Now(join), assignments: [(GroupRig.Now(join).MemberId, [1])]);
        Assert.False(sync.IsCompleted);
        Assert.Equal(GroupState.CompletingRebalance, rig.State.State);
        rig.Release();
        Assert.Equal([1], GroupRig.Now(sync).Assignment);
        Assert.Equal(GroupState.Stable, rig.State.State);
    }

    [Fact]
    public void A_failed_write_fails_the_syncs_and_rebalances()
    {
        using var rig = new GroupRig();
        var join = rig.Join();
        rig.Gather();
        rig.Log.Failure = BrokerError.StorageFailed;
        var sync = rig.Sync(GroupRig.Now(join));
        Assert.Equal(BrokerError.CoordinatorNotAvailable, GroupRig.Now(sync).Error);
        Assert.Equal(GroupState.PreparingRebalance, rig.State.State);
    }

    [Fact]
    public void A_join_while_the_assignment_is_written_starts_a_new_generation()
    {
        using var rig = new GroupRig();
        var join = rig.Join();
        rig.Gather();
        var leader = GroupRig.Now(join);
        rig.Log.IsHolding = true;
        var sync = rig.Sync(leader, assignments: [(leader.MemberId, [1])]);
        var other = rig.Join();
        Assert.Equal(BrokerError.RebalanceInProgress, GroupRig.Now(sync).Error);
        Assert.Equal(GroupState.PreparingRebalance, rig.State.State);
        var again = GroupRig.Now(rig.Join(leader.MemberId));
        Assert.Equal(2, GroupRig.Now(other).GenerationId);
        var waiting = rig.Sync(GroupRig.Now(other));
        rig.Release();
        Assert.False(waiting.IsCompleted, "the old generation's assignment is nobody's any more");
        Assert.Equal(GroupState.CompletingRebalance, rig.State.State);
        _ = rig.Sync(again, assignments: [(GroupRig.Now(other).MemberId, [2])]);
        rig.Release();
        Assert.Equal([2], GroupRig.Now(waiting).Assignment);
    }

    [Fact]
    public void Generation_type_and_name_must_be_the_groups()
    {
        using var rig = new GroupRig();
        var member = rig.MakeStable(1)[0];
        Assert.Equal(
            BrokerError.IllegalGeneration,
            GroupRig.Now(rig.Sync(member with { GenerationId = 2 })).Error);
        Assert.Equal(
            BrokerError.InconsistentGroupProtocol,
            GroupRig.Now(rig.Sync(member, type: "connect")).Error);
        Assert.Equal(
            BrokerError.InconsistentGroupProtocol,
            GroupRig.Now(rig.Sync(member, name: "sticky")).Error);
        Assert.Equal(
            BrokerError.UnknownMember,
            GroupRig.Now(rig.Sync(member with { MemberId = "nobody" })).Error);
        Assert.Equal(
            BrokerError.None,
            GroupRig.Now(rig.Sync(member, type: "consumer", name: "range")).Error);
    }

    [Fact]
    public void A_sync_during_the_join_phase_says_so()
    {
        using var rig = new GroupRig();
        var members = rig.MakeStable(2);
        _ = rig.Join(members[0].MemberId);
        Assert.Equal(
            BrokerError.RebalanceInProgress, GroupRig.Now(rig.Sync(members[1])).Error);
    }

    [Fact]
    public void Members_that_never_sync_are_removed_after_the_rebalance_timeout()
    {
        using var rig = new GroupRig();
        Task<JoinResult>[] joins =
            [rig.Join(sessionMs: 300_000), rig.Join(sessionMs: 300_000)];
        rig.Gather();
        var leader = GroupRig.Now(joins[0]);
        GroupRig.Now(rig.Sync(leader, assignments: [(leader.MemberId, [1])]));
        rig.Advance(59_999);
        Assert.Equal(BrokerError.None, rig.Heartbeat(leader));
        rig.Advance(1);
        Assert.Equal(BrokerError.RebalanceInProgress, rig.Heartbeat(leader));
        Assert.Single(rig.State.Members);
    }

    [Fact]
    public void A_lost_leader_fails_the_waiting_syncs_with_a_rebalance()
    {
        using var rig = new GroupRig();
        Task<JoinResult>[] joins = [rig.Join(), rig.Join()];
        rig.Gather();
        var follower = GroupRig.Now(joins[1]);
        var sync = rig.Sync(follower);
        rig.Advance(10_000);
        Assert.Equal(BrokerError.RebalanceInProgress, GroupRig.Now(sync).Error);
        var again = GroupRig.Now(rig.Join(follower.MemberId));
        Assert.Equal(follower.MemberId, again.LeaderId);
        Assert.Equal(2, again.GenerationId);
    }

    [Fact]
    public void Bytes_are_shown_in_a_stable_group_only()
    {
        using var rig = new GroupRig();
        var members = rig.MakeStable(2);
        var stable = rig.State.Describe();
        Assert.Equal("range", stable.ProtocolName);
        Assert.All(stable.Members, member => Assert.Equal([1], member.Metadata));
        _ = rig.Join(members[0].MemberId);
        var preparing = rig.State.Describe();
        Assert.Equal("", preparing.ProtocolName);
        Assert.All(preparing.Members, member => Assert.Empty(member.Metadata));
        Assert.All(preparing.Members, member => Assert.Empty(member.Assignment));
    }
}
