using Teralog.Abstractions;
using Teralog.Broker.Groups;
using Teralog.Records;

namespace Teralog.Broker.Tests.Groups;

public sealed class LoadTests
{
    [Fact]
    public void A_stable_group_goes_on_after_a_restart_without_a_rebalance()
    {
        using var rig = new GroupRig();
        var members = rig.MakeStable(3, null, "static");
        GroupRig.Now(rig.Commit(members[0].MemberId, 1, "t", 0, 5));
        rig.Advance(9_999);
        using var next = rig.Restart();
        next.Advance(9_999);
        Assert.Equal(GroupState.Stable, next.State.State);
        Assert.Equal(BrokerError.None, next.Heartbeat(members[0]));
        Assert.Equal([2], GroupRig.Now(next.Sync(members[2])).Assignment);
        Assert.Equal(5, next.State.Offsets.Find("t", 0)!.Value.Offset);
        Assert.Equal(1, GroupRig.Now(next.Join(members[2].MemberId)).GenerationId);
        Assert.Equal(
            rig.State.Describe().Members.Select(member => member.MemberId),
            next.State.Describe().Members.Select(member => member.MemberId));
    }

    [Fact]
    public void Members_that_do_not_come_back_after_a_restart_time_out()
    {
        using var rig = new GroupRig();
        rig.MakeStable(2);
        using var next = rig.Restart();
        next.Advance(10_000);
        Assert.Equal(GroupState.Empty, next.State.State);
    }

    [Fact]
    public void A_shard_that_is_loading_says_so()
    {
        using var rig = new GroupRig();
        var shard = new GroupShard(0, rig.Runtime);
        Assert.Equal(
            BrokerError.CoordinatorLoading,
            shard.Heartbeat(new GroupMember(GroupRig.Group, 1, "m", null)));
    }

    [Fact]
    public void A_batch_that_is_corrupt_keeps_the_shard_closed()
    {
        using var rig = new GroupRig();
        rig.MakeStable(1);
        var batch = Batch(GroupRecords.GroupTombstone("g"), new BatchBuilderOptions());
        batch[^1] ^= 1;
        rig.Log.Add(batch);
        using var next = rig.Restart();
        Assert.Equal(BrokerError.CoordinatorNotAvailable, next.Heartbeat("m", 1));
    }

    [Fact]
    public void Offsets_in_a_transaction_count_when_it_is_committed()
    {
        var log = new FakeGroupLog();
        var options = new BatchBuilderOptions
        {
            IsTransactional = true,
            ProducerId = 7,
            ProducerEpoch = 0,
            BaseSequence = 0,
        };
        log.Add(Batch(Offset(1), options));
        log.Add(Batch(Offset(2), options with { ProducerId = 8 }));
        log.Add(Batch(Offset(3), options with { ProducerId = 9 }));
        log.Add(BatchBuilder.BuildMarker(
            options with { ProducerId = 8 }, isCommit: false, 0, 0));
        log.Add(BatchBuilder.BuildMarker(options, isCommit: true, 0, 0));
        using var rig = new GroupRig(log);
        Assert.Equal(1, rig.State.Offsets.Find("t", 0)!.Value.Offset);
    }

    [Fact]
    public void A_large_deletion_is_cut_into_batches_and_comes_back_whole()
    {
        using var rig = new GroupRig();
        for (var partition = 0; partition < 9000; partition++)
            GroupRig.Now(rig.Commit("", -1, new string('t', 200), partition, 5));
        var appendsBefore = rig.Log.AppendCount;
        Assert.Equal(BrokerError.None, GroupRig.Now(rig.Delete()));
        Assert.True(rig.Log.AppendCount - appendsBefore > 5);
        using var next = rig.Restart();
        Assert.Null(next.Find());
    }

    private static CoordinatorRecord Offset(long offset) => GroupRecords.Offset(
        GroupRig.Group, "t", 0, new CommittedEntry(offset, -1, "", 0, -1, Guid.Empty));

    private static byte[] Batch(CoordinatorRecord record, BatchBuilderOptions options)
    {
        var builder = new BatchBuilder();
        builder.Add(0, record.Key, record.Value);
        return builder.Build(options);
    }
}
