using Teralog.Abstractions;
using Teralog.Broker.Groups;

namespace Teralog.Broker.Tests.Groups;

public sealed class JoinTests
{
    [Fact]
    public void A_new_member_is_given_its_id_first_where_it_asks_for_that()
    {
        using var rig = new GroupRig();
        var first = GroupRig.Now(rig.Join(requiresId: true));
        Assert.Equal(BrokerError.MemberIdRequired, first.Error);
        Assert.StartsWith("client-", first.MemberId, StringComparison.Ordinal);
        var second = rig.Join(first.MemberId);
        rig.Gather();
        Assert.Equal(first.MemberId, GroupRig.Now(second).MemberId);
        Assert.Equal(1, GroupRig.Now(second).GenerationId);
    }

    [Fact]
    public void An_id_that_is_not_used_within_the_session_timeout_is_forgotten()
    {
        using var rig = new GroupRig();
        var first = GroupRig.Now(rig.Join(requiresId: true, sessionMs: 7000));
        rig.Advance(7000);
        Assert.Equal(BrokerError.UnknownMember, GroupRig.Now(rig.Join(first.MemberId)).Error);
        Assert.Null(rig.Find());
    }

    [Fact]
    public void A_rebalance_waits_for_pending_members_until_they_expire()
    {
        using var rig = new GroupRig();
        var members = rig.MakeStable(1);
        GroupRig.Now(rig.Join(requiresId: true, sessionMs: 7000));
        var again = rig.Join(members[0].MemberId);
        Assert.False(again.IsCompleted);
        rig.Advance(7000);
        Assert.Equal(2, GroupRig.Now(again).GenerationId);
    }

    [Fact]
    public void An_unknown_member_id_does_not_make_a_group()
    {
        using var rig = new GroupRig();
        Assert.Equal(BrokerError.UnknownMember, GroupRig.Now(rig.Join("nobody")).Error);
        Assert.Null(rig.Find());
    }

    [Fact]
    public void The_first_rebalance_waits_for_more_members_while_they_come()
    {
        using var rig = new GroupRig(
            settings: new GroupSettings { InitialRebalanceDelayMs = 3000 });
        var first = rig.Join(rebalanceMs: 7000);
        rig.Advance(2000);
        var second = rig.Join(rebalanceMs: 7000);
        rig.Advance(1000);
        Assert.False(first.IsCompleted);
        rig.Advance(3000);
        Assert.Equal(1, GroupRig.Now(first).GenerationId);
        Assert.Equal(2, GroupRig.Now(first).Members!.Count);
        Assert.Empty(GroupRig.Now(second).Members!);
    }

    [Fact]
    public void The_first_rebalance_ends_at_the_rebalance_timeout_though_members_keep_coming()
    {
        using var rig = new GroupRig(
            settings: new GroupSettings { InitialRebalanceDelayMs = 3000 });
        var first = rig.Join(rebalanceMs: 7000);
        for (var second = 0; second < 6; second++)
        {
            rig.Advance(1000);
            _ = rig.Join(rebalanceMs: 7000);
            Assert.False(first.IsCompleted);
        }

        rig.Advance(1000);
        Assert.Equal(1, GroupRig.Now(first).GenerationId);
    }

    [Fact]
    public void Protocols_are_chosen_by_vote_among_those_that_all_have()
    {
        using var rig = new GroupRig();
        GroupProtocol a = new("a", [1]), b = new("b", [2]), c = new("c", [3]);
        Task<JoinResult>[] joins =
        [
            rig.Join(protocols: [c, a, b]), rig.Join(protocols: [b, a]),
            rig.Join(protocols: [b, c, a]),
        ];
        rig.Gather();
        Assert.All(joins, join => Assert.Equal("b", GroupRig.Now(join).ProtocolName));
        Assert.Equal([2], GroupRig.Now(joins[0]).Members![0].Metadata);
    }

    [Fact]
    public void Nobody_joins_without_a_shared_protocol_or_with_another_type()
    {
        using var rig = new GroupRig();
        rig.MakeStable(1);
        Assert.Equal(
            BrokerError.InconsistentGroupProtocol,
            GroupRig.Now(rig.Join(protocols: [new("other", [])])).Error);
        Assert.Equal(
            BrokerError.InconsistentGroupProtocol, GroupRig.Now(rig.Join(type: "connect")).Error);
        Assert.Equal(
            BrokerError.InconsistentGroupProtocol, GroupRig.Now(rig.Join(protocols: [])).Error);
        Assert.Equal(GroupState.Stable, rig.State.State);
    }

    [Fact]
    public void A_full_group_refuses_new_members_and_keeps_its_own()
    {
        using var rig = new GroupRig(settings: new GroupSettings
        {
            InitialRebalanceDelayMs = 10,
            MembersMax = 2,
        });
        var members = rig.MakeStable(2);
        var refused = GroupRig.Now(rig.Join());
        Assert.Equal(BrokerError.GroupMaxSizeReached, refused.Error);
        Assert.Equal("", refused.MemberId);
        Assert.Equal(BrokerError.None, rig.Heartbeat(members[1]));
        Assert.Equal(1, GroupRig.Now(rig.Join(members[1].MemberId)).GenerationId);
    }

    [Fact]
    public void A_follower_without_news_keeps_the_generation()
    {
        using var rig = new GroupRig();
        var members = rig.MakeStable(2);
        var again = GroupRig.Now(rig.Join(members[1].MemberId));
        Assert.Equal(1, again.GenerationId);
        Assert.Empty(again.Members!);
        Assert.Equal(GroupState.Stable, rig.State.State);
    }

    [Fact]
    public void A_leader_or_changed_metadata_rebalances()
    {
        using var rig = new GroupRig();
        var members = rig.MakeStable(2);
        var follower = rig.Join(members[1].MemberId, protocols: [new("range", [9])]);
        Assert.Equal(BrokerError.RebalanceInProgress, rig.Heartbeat(members[0]));
        var leader = rig.Join(members[0].MemberId);
        Assert.Equal(2, GroupRig.Now(follower).GenerationId);
        Assert.Equal(
            [9], GroupRig.Now(leader).Members!
                .Single(member => member.MemberId == members[1].MemberId).Metadata);
    }

    [Fact]
    public void A_member_that_missed_the_answer_gets_it_again_while_the_assignment_is_awaited()
    {
        using var rig = new GroupRig();
        var join = rig.Join();
        rig.Gather();
        var again = GroupRig.Now(rig.Join(GroupRig.Now(join).MemberId));
        Assert.Equal(1, again.GenerationId);
        Assert.Single(again.Members!);
        Assert.Equal(GroupState.CompletingRebalance, rig.State.State);
    }

    [Fact]
    public void A_member_that_does_not_join_again_is_left_behind_at_the_rebalance_timeout()
    {
        using var rig = new GroupRig();
        var members = rig.MakeStable(2);
        var leader = rig.Join(members[0].MemberId, rebalanceMs: 8000);
        for (var second = 0; second < 60; second += 5)
        {
            Assert.False(leader.IsCompleted);
            Assert.Equal(BrokerError.RebalanceInProgress, rig.Heartbeat(members[1]));
            rig.Advance(5000);
        }

        Assert.Single(GroupRig.Now(leader).Members!);
        Assert.Equal(BrokerError.UnknownMember, rig.Heartbeat(members[1]));
    }

    [Fact]
    public void A_second_join_of_a_member_answers_its_first()
    {
        using var rig = new GroupRig();
        var members = rig.MakeStable(2);
        var first = rig.Join(members[0].MemberId);
        var second = rig.Join(members[0].MemberId);
        Assert.Equal(BrokerError.RebalanceInProgress, GroupRig.Now(first).Error);
        _ = rig.Join(members[1].MemberId);
        Assert.Equal(2, GroupRig.Now(second).GenerationId);
    }

    [Fact]
    public void A_new_member_is_not_given_up_while_it_waits_in_a_rebalance()
    {
        using var rig = new GroupRig();
        var members = rig.MakeStable(1);
        var join = rig.Join(sessionMs: 6000);
        for (var second = 0; second < 40; second += 8)
        {
            Assert.Equal(BrokerError.RebalanceInProgress, rig.Heartbeat(members[0]));
            rig.Advance(8000);
        }

        Assert.False(join.IsCompleted);
        _ = rig.Join(members[0].MemberId);
        Assert.Equal(2, GroupRig.Now(join).GenerationId);
    }
}
