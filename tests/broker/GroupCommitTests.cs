using Teralog.Abstractions;
using Teralog.TestKit;

namespace Teralog.Broker.Tests;

public sealed class GroupCommitTests
{
    [Fact]
    public async Task Nothing_is_acknowledged_before_its_sync()
    {
        await using TestBroker broker = await TestBroker.Open(syncs: true);
        await broker.Create("orders");
        PartitionHandle partition = broker.Partition("orders");
        broker.Disk.HoldSyncs();
        long all = broker.Send(partition, Batches.Of(2), RequiredAcks.All);
        Assert.Equal(2, broker.Produce(partition, Batches.Of(1)).BaseOffset);
        Assert.Equal(3, broker.Fetch(partition, 0).Result.HighWatermark);
        Assert.Null(broker.Answers.Find(all));
        broker.Disk.LetSyncsGo();
        await Poll.Until(() => broker.Answers.Find(all) is not null, "acknowledged");
        Assert.Equal(0, broker.Answers.Find(all)!.Value.BaseOffset);
    }

    [Fact]
    public async Task What_waits_together_shares_a_sync()
    {
        await using TestBroker broker = await TestBroker.Open(syncs: true);
        await broker.Create("orders");
        PartitionHandle partition = broker.Partition("orders");
        broker.Disk.HoldSyncs();
        int before = broker.Disk.Syncs;
        long last = 0;
        for (int index = 0; index < 100; index++)
            last = broker.Send(partition, Batches.Of(1), RequiredAcks.All);
        broker.Disk.LetSyncsGo();
        await Poll.Until(() => broker.Answers.Find(last) is not null, "acknowledged");
        await Poll.Until(() => broker.Answers.Count == 100, "all acknowledged");
        Assert.InRange(broker.Disk.Syncs - before, 1, 3);
    }

    [Fact]
    public async Task A_repeated_batch_waits_for_the_sync_as_well()
    {
        await using TestBroker broker = await TestBroker.Open(syncs: true);
        await broker.Create("orders");
        PartitionHandle partition = broker.Partition("orders");
        broker.Disk.HoldSyncs();
        broker.Send(partition, Batches.Idempotent(7, 0), RequiredAcks.All);
        long again = broker.Send(partition, Batches.Idempotent(7, 0), RequiredAcks.All);
        Assert.Null(broker.Answers.Find(again));
        broker.Disk.LetSyncsGo();
        await Poll.Until(() => broker.Answers.Find(again) is not null, "acknowledged");
        Assert.Equal(0, broker.Answers.Find(again)!.Value.BaseOffset);
    }

    [Fact]
    public async Task A_failed_sync_ends_writing_but_not_reading()
    {
        await using TestBroker broker = await TestBroker.Open(syncs: true);
        await broker.Create("orders", 2);
        PartitionHandle partition = broker.Partition("orders");
        broker.Produce(partition, Batches.Of(1));
        broker.Disk.FailSyncs();
        long lost = broker.Send(partition, Batches.Of(1), RequiredAcks.All);
        await Poll.Until(() => broker.Answers.Find(lost) is not null, "answered");
        Assert.Equal(BrokerError.StorageFailedAfterAppend, broker.Answers.Find(lost)!.Value.Error);
        Assert.Equal(
            BrokerError.StorageFailed, broker.Produce(partition, Batches.Of(1)).Error);
        Assert.Equal(
            BrokerError.StorageFailed,
            broker.Produce(broker.Partition("orders", 1), Batches.Of(1)).Error);
        Assert.Equal(BrokerError.None, broker.Fetch(partition, 0).Result.Error);
        LogDirectoryView directory = Assert.Single(broker.Broker.LogDirectories.Describe());
        Assert.Equal(BrokerError.StorageFailed, directory.Error);
    }

    [Fact]
    public async Task An_acknowledgement_that_takes_too_long_times_out_once()
    {
        await using TestBroker broker = await TestBroker.Open(syncs: true);
        await broker.Create("orders");
        PartitionHandle partition = broker.Partition("orders");
        broker.Disk.HoldSyncs();
        long late = broker.Send(partition, Batches.Of(1), RequiredAcks.All, timeoutMs: 1000);
        broker.Clock.Advance(TimeSpan.FromMilliseconds(900));
        long patient = broker.Send(partition, Batches.Of(1), RequiredAcks.All, timeoutMs: 60_000);
        broker.Clock.Advance(TimeSpan.FromMilliseconds(2000));
        await Poll.Until(() => broker.Answers.Find(late) is not null, "timed out");
        Assert.Equal(BrokerError.TimedOut, broker.Answers.Find(late)!.Value.Error);
        Assert.Null(broker.Answers.Find(patient));
        broker.Disk.LetSyncsGo();
        await Poll.Until(() => broker.Answers.Find(patient) is not null, "acknowledged");
        Assert.Equal(BrokerError.None, broker.Answers.Find(patient)!.Value.Error);
    }

    [Fact]
    public async Task Flush_messages_and_flush_ms_sync_without_being_asked()
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create("count", 1, ("flush.messages", "3"));
        await broker.Create("time", 1, ("flush.ms", "1000"));
        int before = broker.Disk.Syncs;
        broker.Produce(broker.Partition("count"), Batches.Of(2));
        Assert.Equal(before, broker.Disk.Syncs);
        broker.Produce(broker.Partition("count"), Batches.Of(1));
        await Poll.Until(() => broker.Disk.Syncs == before + 1, "synced by count");

        broker.Produce(broker.Partition("time"), Batches.Of(1));
        await Poll.Until(
            () =>
            {
                broker.Clock.Advance(TimeSpan.FromSeconds(1));
                return broker.Disk.Syncs > before + 1;
            },
            "synced by time");
    }

    [Fact]
    public async Task Who_waits_for_a_deleted_topic_is_told()
    {
        await using TestBroker broker = await TestBroker.Open(syncs: true);
        await broker.Create("orders");
        broker.Disk.HoldSyncs();
        long waiting = broker.Send(broker.Partition("orders"), Batches.Of(1), RequiredAcks.All);
        await broker.Broker.Topics.DeleteAsync("orders", TestBroker.Stop);
        Assert.Equal(
            BrokerError.UnknownTopicOrPartition, broker.Answers.Find(waiting)!.Value.Error);
        broker.Disk.LetSyncsGo();
    }
}
