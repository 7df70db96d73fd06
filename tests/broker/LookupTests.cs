using Teralog.Abstractions;
using Teralog.TestKit;

namespace Teralog.Broker.Tests;

public sealed class LookupTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Offsets_are_found_by_time_and_place(bool isCompressed)
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create("orders");
        PartitionHandle partition = broker.Partition("orders");
        for (int index = 0; index < 3; index++)
        {
            long timeMs = Batches.TimeMs - 10_000 + (index * 1000);
            byte[] batch = isCompressed
                ? Batches.Gzipped(4, timestampMs: timeMs)
                : Batches.Of(4, timestampMs: timeMs);
            broker.Produce(partition, batch);
        }

        OffsetLookupResult found = Look(
            broker, partition, OffsetPlace.AtOrAfterTimestamp, Batches.TimeMs - 8998);
        Assert.Equal((6, Batches.TimeMs - 8998, 0), (
            found.Offset, found.TimestampMs, found.LeaderEpoch));
        Assert.Equal(0, Look(broker, partition, OffsetPlace.AtOrAfterTimestamp, 0).Offset);
        Assert.Equal(-1, Look(broker, partition, OffsetPlace.AtOrAfterTimestamp, Batches.TimeMs)
            .Offset);
        Assert.Equal(11, Look(broker, partition, OffsetPlace.MaxTimestamp).Offset);
        Assert.Equal((12, 0), (
            Look(broker, partition, OffsetPlace.Latest).Offset, Look(
            broker, partition, OffsetPlace.Latest).LeaderEpoch));
        Assert.Equal((0, 0), (
            Look(broker, partition, OffsetPlace.Earliest).Offset, Look(
            broker, partition, OffsetPlace.Earliest).LeaderEpoch));
        Assert.Equal(0, Look(broker, partition, OffsetPlace.EarliestLocal).Offset);
        Assert.Equal(-1, Look(broker, partition, OffsetPlace.LatestTiered).Offset);
    }

    [Fact]
    public async Task An_empty_log_has_places_but_no_times()
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create("orders");
        PartitionHandle partition = broker.Partition("orders");
        Assert.Equal(0, Look(broker, partition, OffsetPlace.Latest).Offset);
        Assert.Equal(-1, Look(broker, partition, OffsetPlace.MaxTimestamp).Offset);
        Assert.Equal(-1, Look(broker, partition, OffsetPlace.AtOrAfterTimestamp).Offset);
    }

    [Fact]
    public async Task Deleted_records_stay_deleted_after_a_kill()
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create("orders");
        PartitionHandle partition = broker.Partition("orders");
        broker.Produce(partition, Batches.Of(5));
        Assert.Equal(new(BrokerError.None, 3), await Trim(broker, partition, 3));
        Assert.Equal(new(BrokerError.None, 3), await Trim(broker, partition, 1));
        Assert.Equal(new(BrokerError.OffsetOutOfRange, -1), await Trim(broker, partition, 6));
        Assert.Equal(new(BrokerError.OffsetOutOfRange, -1), await Trim(broker, partition, -2));
        Assert.Equal(BrokerError.OffsetOutOfRange, broker.Fetch(partition, 2).Result.Error);

        string copy = broker.CopyAsKilled();
        await using (TestBroker again = await TestBroker.Open(copy))
        {
            PartitionHandle same = again.Partition("orders");
            Assert.Equal(3, Look(again, same, OffsetPlace.Earliest).Offset);
            Assert.Equal(new(BrokerError.None, 5), await Trim(again, same, -1));
        }

        Directory.Delete(copy, recursive: true);
    }

    [Fact]
    public async Task A_compacted_topic_refuses_to_be_trimmed()
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create("orders", 1, ("cleanup.policy", "compact"));
        DeleteRecordsResult result = await Trim(broker, broker.Partition("orders"), 0);
        Assert.Equal(BrokerError.PolicyViolation, result.Error);
    }

    [Fact]
    public async Task Retention_lets_old_segments_go()
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create("orders", 1, ("internal.segment.bytes", "500"), (
            "retention.bytes", "600"));
        PartitionHandle partition = broker.Partition("orders");
        for (int index = 0; index < 20; index++)
            broker.Produce(partition, Batches.Of(2));
        await Poll.Until(
            () =>
            {
                broker.Clock.Advance(TimeSpan.FromMinutes(5));
                return Look(broker, partition, OffsetPlace.Earliest).Offset > 0;
            },
            "segments deleted");
        Assert.Equal(40, Look(broker, partition, OffsetPlace.Latest).Offset);
    }

    private static OffsetLookupResult Look(
        TestBroker broker, PartitionHandle partition, OffsetPlace place, long timestampMs = 0) =>
        broker.Broker.LookupOffset(partition, new(place, timestampMs, Isolation.ReadUncommitted));

    private static async Task<DeleteRecordsResult> Trim(
        TestBroker broker, PartitionHandle partition, long offset) =>
        await broker.Broker.Topics.DeleteRecordsAsync(partition, offset, TestBroker.Stop);
}
