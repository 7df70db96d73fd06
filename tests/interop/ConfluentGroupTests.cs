using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Teralog.Interop.Clients;

namespace Teralog.Interop;

/// <summary>Confluent.Kafka in groups: joining, sharing, committing, coming back.</summary>
public sealed class ConfluentGroupTests(BrokerFixture fixture) : IClassFixture<BrokerFixture>
{
    private const int Partitions = 6;
    private const int Each = 20;
    private string Address => fixture.Broker.Address;

    [Theory]
    [InlineData(PartitionAssignmentStrategy.Range)]
    [InlineData(PartitionAssignmentStrategy.RoundRobin)]
    [InlineData(PartitionAssignmentStrategy.CooperativeSticky)]
    public async Task Members_share_the_partitions_and_take_over_when_one_leaves(
        PartitionAssignmentStrategy strategy)
    {
        var topic = $"shared-{strategy}";
        await Librdkafka.CreateTopicAsync(Address, topic, Partitions);
        IConsumer<byte[]?, byte[]?> Member()
        {
            var member = Librdkafka.Consumer(Address, topic,
                config => config.PartitionAssignmentStrategy = strategy);
            member.Subscribe(topic);
            return member;
        }

        using var first = Member();
        Librdkafka.PollUntil("one has all", () => first.Assignment.Count == Partitions, first);
        using (var second = Member())
        using (var third = Member())
        {
            IConsumer<byte[]?, byte[]?>[] all = [first, second, third];
            Librdkafka.PollUntil("three share",
                () => all.All(each => each.Assignment.Count == Partitions / all.Length), all);
            Assert.Equal(Partitions, all.SelectMany(each => each.Assignment).Distinct().Count());
            second.Close();
            Librdkafka.PollUntil("two share",
                () => first.Assignment.Count + third.Assignment.Count == Partitions
                    && third.Assignment.Count == Partitions / 2, first, third);
            third.Close();
        }
        Librdkafka.PollUntil("one again", () => first.Assignment.Count == Partitions, first);
        first.Close();
    }

    [Fact]
    public async Task A_member_that_comes_back_reads_on_from_what_was_committed()
    {
        const string topic = "committed";
        await Librdkafka.CreateTopicAsync(Address, topic, Partitions);
        await Librdkafka.ProduceAsync(Address, topic, Partitions, Each);
        var offsets = Enumerable.Range(0, Partitions)
            .Select(each => new TopicPartitionOffset(topic, each, each + 1)).ToList();
        using (var first = Librdkafka.Consumer(Address, topic))
        {
            first.Subscribe(topic);
            Librdkafka.Drain(first, Partitions * Each);
            first.Commit(offsets);
            first.Close();
        }
        using var second = Librdkafka.Consumer(Address, topic);
        second.Subscribe(topic);
        var committed = second.Committed(offsets.Select(each => each.TopicPartition),
            Librdkafka.Patience);
        Assert.Equal(offsets, committed.Select(each =>
            new TopicPartitionOffset(each.TopicPartition, each.Offset)));
        var left = Partitions * Each - offsets.Sum(each => (int)each.Offset.Value);
        var read = Librdkafka.Drain(second, left);
        Assert.Equal(left, read.Select(each => each.TopicPartitionOffset).Distinct().Count());
        Assert.All(read, each => Assert.True(each.Offset.Value > each.Partition.Value));
        second.Close();
    }

    [Fact]
    public async Task A_static_member_comes_back_without_a_rebalance()
    {
        const string topic = "static";
        await Librdkafka.CreateTopicAsync(Address, topic, Partitions);
        IConsumer<byte[]?, byte[]?> Member(int number)
        {
            var member = Librdkafka.Consumer(Address, topic, config =>
            {
                config.GroupInstanceId = $"instance-{number}";
                config.SessionTimeoutMs = 45_000;
            });
            member.Subscribe(topic);
            return member;
        }

        using var first = Member(1);
        var second = Member(2);
        Librdkafka.PollUntil("two share", () => first.Assignment.Count == Partitions / 2
            && second.Assignment.Count == Partitions / 2, first, second);
        var held = second.Assignment.ToHashSet();
        var heldByFirst = first.Assignment.ToHashSet();
        second.Close();
        second.Dispose();
        using var again = Member(2);
        Librdkafka.PollUntil("it is back", () =>
        {
            Assert.Equal(heldByFirst, [.. first.Assignment]);
            return again.Assignment.Count > 0;
        }, first, again);
        Assert.Equal(held, [.. again.Assignment]);
        first.Close();
        again.Close();
    }

    [Fact]
    public async Task Groups_are_listed_described_changed_and_deleted()
    {
        const string topic = "administered";
        await Librdkafka.CreateTopicAsync(Address, topic, 2);
        using var admin = Librdkafka.Admin(Address);
        using (var member = Librdkafka.Consumer(Address, topic))
        {
            member.Subscribe(topic);
            Librdkafka.PollUntil("joined", () => member.Assignment.Count == 2, member);
            member.Commit([new(topic, 0, 5), new(topic, 1, 6)]);
            var described = await DescribeAsync(admin, topic);
            Assert.Equal(ConsumerGroupState.Stable, described.State);
            Assert.Single(described.Members);
            Assert.Equal(2, described.Members[0].Assignment.TopicPartitions.Count);
            await Assert.ThrowsAsync<DeleteGroupsException>(() => admin.DeleteGroupsAsync([topic]));
            member.Close();
        }
        Assert.Equal(ConsumerGroupState.Empty, (await DescribeAsync(admin, topic)).State);
        var listed = await admin.ListConsumerGroupsAsync();
        Assert.Contains(listed.Valid, each => each.GroupId == topic && !each.IsSimpleConsumerGroup);

        await admin.AlterConsumerGroupOffsetsAsync([new(topic, [new(topic, 1, 9)])]);
        await admin.DeleteConsumerGroupOffsetsAsync(topic, [new TopicPartition(topic, 0)]);
        var offsets = (await admin.ListConsumerGroupOffsetsAsync([new(topic, null)]))[0];
        var only = Assert.Single(offsets.Partitions);
        Assert.Equal(new TopicPartitionOffset(topic, 1, 9), only.TopicPartitionOffset);
        await admin.DeleteGroupsAsync([topic]);
        Assert.DoesNotContain((await admin.ListConsumerGroupsAsync()).Valid,
            each => each.GroupId == topic);
    }

    private static async Task<ConsumerGroupDescription> DescribeAsync(
        IAdminClient admin, string group) =>
        (await admin.DescribeConsumerGroupsAsync([group])).ConsumerGroupDescriptions[0];
}
