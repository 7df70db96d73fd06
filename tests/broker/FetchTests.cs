using Teralog.Abstractions;
using FsCheck.Xunit;
using Teralog.TestKit;

namespace Teralog.Broker.Tests;

public sealed class FetchTests
{
    [Fact]
    public async Task Offsets_outside_the_log_are_out_of_range_and_the_end_is_empty()
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create("orders");
        PartitionHandle partition = broker.Partition("orders");
        Assert.Equal(0, broker.Fetch(partition, 0).Result.Slice.Length);
        broker.Produce(partition, Batches.Of(3));
        Assert.Equal(BrokerError.OffsetOutOfRange, broker.Fetch(partition, -1).Result.Error);
        Assert.Equal(BrokerError.OffsetOutOfRange, broker.Fetch(partition, 4).Result.Error);
        (FetchResult end, byte[] bytes) = broker.Fetch(partition, 3);
        Assert.Equal((BrokerError.None, 0), (end.Error, bytes.Length));
        Assert.NotEmpty(broker.Fetch(partition, 2, maxBytes: 1).Bytes);
        Assert.NotNull(broker.Fetch(partition, 0, isolation: Isolation.ReadCommitted)
            .Result.AbortedTransactions);
    }

    [Fact]
    public async Task A_wrong_leader_epoch_is_answered_before_anything_else()
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create("orders");
        PartitionHandle partition = broker.Partition("orders");
        FetchResult result = broker.Broker.Fetch(
            partition, new(99, 100, Isolation.ReadUncommitted, true, CurrentLeaderEpoch: 1));
        Assert.Equal(BrokerError.UnknownLeaderEpoch, result.Error);
        OffsetLookupResult lookup = broker.Broker.LookupOffset(
            partition, new(OffsetPlace.Latest, 0, Isolation.ReadUncommitted, 1));
        Assert.Equal(BrokerError.UnknownLeaderEpoch, lookup.Error);
        Assert.Equal(
            BrokerError.UnknownLeaderEpoch, broker.Broker.EpochEnd(partition, 1, 0).Error);
    }

    [Property]
    public bool What_a_reader_sees_ends_at_or_below_the_high_watermark(
        long highWatermark, long lastStableOffset) =>
        FetchBounds.Visible(Isolation.ReadUncommitted, highWatermark,
            lastStableOffset) == highWatermark
        && FetchBounds.Visible(Isolation.ReadCommitted, highWatermark, lastStableOffset)
            == Math.Min(highWatermark, lastStableOffset);

    [Property]
    public bool An_epoch_is_fenced_unknown_or_right(int caller, int leader)
    {
        BrokerError expected = caller < 0 || caller == leader ? BrokerError.None
            : caller < leader ? BrokerError.FencedLeaderEpoch
            : BrokerError.UnknownLeaderEpoch;
        return FetchBounds.CheckEpoch(caller, leader) == expected;
    }

    [Fact]
    public async Task A_watch_wakes_at_once_where_there_is_enough()
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create("orders");
        PartitionHandle partition = broker.Partition("orders");
        broker.Produce(partition, Batches.Of(1));
        var waiter = new Waiter();
        using IDisposable watch = Park(broker, waiter, 1, partition, 0);
        Assert.Equal(1, waiter.Wakes);
        broker.Produce(partition, Batches.Of(1));
        Assert.Equal(1, waiter.Wakes);
    }

    [Fact]
    public async Task A_watch_waits_for_enough_bytes_over_all_its_partitions()
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create("orders", 2);
        int size = Batches.Of(1).Length;
        var waiter = new Waiter();
        PartitionHandle left = broker.Partition("orders");
        PartitionHandle right = broker.Partition("orders", 1);
        using IDisposable watch = broker.Broker.Watch(
            [new(left, 0, Isolation.ReadUncommitted), new(right, 0, Isolation.ReadUncommitted)],
            (2 * size) + 1, waiter);
        broker.Produce(left, Batches.Of(1));
        broker.Produce(right, Batches.Of(1));
        Assert.Equal(0, waiter.Wakes);
        broker.Produce(left, Batches.Of(1));
        Assert.Equal(1, waiter.Wakes);
    }

    [Fact]
    public async Task A_disposed_watch_does_not_wake()
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create("orders");
        PartitionHandle partition = broker.Partition("orders");
        var waiter = new Waiter();
        Park(broker, waiter, 1, partition, 0).Dispose();
        broker.Produce(partition, Batches.Of(1));
        Assert.Equal(0, waiter.Wakes);
    }

    [Fact]
    public async Task A_watch_on_a_deleted_topic_or_trimmed_records_wakes()
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create("orders");
        await broker.Create("trimmed");
        PartitionHandle trimmed = broker.Partition("trimmed");
        broker.Produce(trimmed, Batches.Of(2));
        var deleted = new Waiter();
        var cut = new Waiter();
        using IDisposable first = Park(broker, deleted, 1, broker.Partition("orders"), 0);
        using IDisposable second = Park(broker, cut, 1000, trimmed, 0);
        await broker.Broker.Topics.DeleteAsync("orders", TestBroker.Stop);
        Assert.Equal(0, cut.Wakes);
        await broker.Broker.Topics.DeleteRecordsAsync(trimmed, 2, TestBroker.Stop);
        Assert.Equal((1, 1), (deleted.Wakes, cut.Wakes));
    }

    [Fact]
    public async Task No_wake_is_lost_between_threads()
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create("orders", 3);
        Random random = Seeds.Next();
        PartitionHandle[] partitions = [
            .. Enumerable.Range(0, 3).Select(one => broker.Partition("orders", one))];
        int[] order = [.. Enumerable.Range(0, 3000).Select(_ => random.Next(3))];
        var producer = new Thread(() =>
        {
            foreach (int index in order)
                broker.Produce(partitions[index], Batches.Of(1));
        });
        long[] offsets = new long[3];
        producer.Start();
        while (offsets.Sum() < order.Length)
        {
            var waiter = new Waiter();
            WatchItem[] items = [
                .. partitions.Select((one, index) => new WatchItem(
                one, offsets[index], Isolation.ReadUncommitted))];
            using IDisposable watch = broker.Broker.Watch(items, 1, waiter);
            await Poll.Until(() => waiter.Wakes == 1, "woken");
            for (int index = 0; index < 3; index++)
                offsets[index] = broker.Fetch(partitions[index], offsets[index], 1)
                    .Result.HighWatermark;
        }

        producer.Join();
        Assert.Equal(order.Length, offsets.Sum());
    }

    private static IDisposable Park(
        TestBroker broker, Waiter waiter, int minBytes, PartitionHandle partition, long offset) =>
        broker.Broker.Watch([new(partition, offset, Isolation.ReadUncommitted)], minBytes, waiter);
}
