using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Teralog.Interop.Clients;
using Teralog.Interop.Harness;

namespace Teralog.Interop;

/// <summary>What was answered before a stop or a crash is there after it.</summary>
public sealed class RestartTests
{
    private const string Topic = "kept";
    private const int Partitions = 3;
    private const int Each = 50;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Data_topics_configs_groups_and_offsets_stay(bool crash)
    {
        await using var broker = await Broker.StartAsync();
        await Librdkafka.CreateTopicAsync(broker.Address, Topic, Partitions,
            ("retention.ms", "3600000"));
        await Librdkafka.ProduceAsync(broker.Address, Topic, Partitions, Each);
        CommitAll(broker);
        var before = await SnapshotAsync(broker);

        await EndAsync(broker, crash);
        await broker.StartAgainAsync();

        Assert.Equal(before, await SnapshotAsync(broker));
        using var consumer = Librdkafka.Consumer(broker.Address, "reads");
        consumer.Subscribe(Topic);
        var read = Librdkafka.Drain(consumer, Partitions * Each);
        Assert.Equal(Partitions * Each,
            read.Select(each => each.TopicPartitionOffset).Distinct().Count());
        await Librdkafka.ProduceAsync(broker.Address, Topic, Partitions, 1);
        Assert.All(Librdkafka.Drain(consumer, Partitions),
            each => Assert.Equal(Each, each.Offset.Value));
        consumer.Close();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_producer_and_a_group_that_stay_connected_go_on(bool crash)
    {
        await using var broker = await Broker.StartAsync();
        await Librdkafka.CreateTopicAsync(broker.Address, Topic, 1);
        using var producer = Librdkafka.Producer(
            broker.Address, config => config.EnableIdempotence = true);
        using var consumer = Librdkafka.Consumer(broker.Address, "stays");
        consumer.Subscribe(Topic);
        for (var round = 0; round < 3; round++)
        {
            for (var number = 0; number < Each; number++)
                await producer.ProduceAsync(Topic, Librdkafka.Numbered(number),
                    TestContext.Current.CancellationToken);
            var read = Librdkafka.Drain(consumer, Each);
            Assert.Equal(Enumerable.Range(round * Each, Each).Select(each => (long)each),
                read.Select(each => each.Offset.Value));
            consumer.Commit();
            if (round == 2)
                break;
            await EndAsync(broker, crash);
            await broker.StartAgainAsync();
        }
        consumer.Close();
    }

    [Fact]
    public async Task A_broker_that_is_asked_to_stop_ends_well()
    {
        await using var broker = await Broker.StartAsync();
        await Librdkafka.CreateTopicAsync(broker.Address, Topic, Partitions);
        await Librdkafka.ProduceAsync(broker.Address, Topic, Partitions, Each);
        var exitCode = await broker.StopAsync();
        Assert.Equal(Broker.IsKafka ? 143 : 0, exitCode);
    }

    private static async Task EndAsync(Broker broker, bool crash)
    {
        if (crash)
            await broker.KillAsync();
        else
            await broker.StopAsync();
    }

    private static void CommitAll(Broker broker)
    {
        using var member = Librdkafka.Consumer(broker.Address, "commits");
        member.Subscribe(Topic);
        Librdkafka.Drain(member, Partitions * Each);
        member.Commit(Enumerable.Range(0, Partitions)
            .Select(each => new TopicPartitionOffset(Topic, each, each + 7)));
        member.Close();
    }

    /// <summary>All that must be the same after, as one text.</summary>
    private static async Task<string> SnapshotAsync(Broker broker)
    {
        using var admin = Librdkafka.Admin(broker.Address);
        var cluster = await admin.DescribeClusterAsync();
        var described = await admin.DescribeTopicsAsync(TopicCollection.OfTopicNames([Topic]));
        var topic = described.TopicDescriptions[0];
        var configs = await admin.DescribeConfigsAsync(
            [new() { Type = ResourceType.Topic, Name = Topic }]);
        // Not by the admin client: a coordinator that still loads faults in its native library.
        using var reader = Librdkafka.Consumer(broker.Address, "commits");
        var offsets = reader.Committed(Enumerable.Range(0, Partitions)
            .Select(each => new TopicPartition(Topic, each)), Librdkafka.Patience);
        // After the offsets: by then the coordinator has loaded, and lists what it knows.
        var groups = (await admin.ListConsumerGroupsAsync()).Valid.Select(each => each.GroupId);
        return string.Join('\n', cluster.ClusterId, topic.TopicId, topic.Partitions.Count,
            configs[0].Entries["retention.ms"].Value, string.Join(',', groups.Order()),
            string.Join(',', offsets.Select(each => $"{each.Partition}:{each.Offset}")
                .Order()));
    }
}
