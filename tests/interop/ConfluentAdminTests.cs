using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Teralog.Interop.Clients;
using Teralog.Interop.Harness;

namespace Teralog.Interop;

/// <summary>Confluent.Kafka's admin client: topics, partitions, records, configs,
/// offsets.</summary>
public sealed class ConfluentAdminTests(BrokerFixture fixture)
    : IClassFixture<BrokerFixture>, IDisposable
{
    private readonly IAdminClient admin = Librdkafka.Admin(fixture.Broker.Address);
    private string Address => fixture.Broker.Address;

    public void Dispose() => admin.Dispose();

    [Fact]
    public async Task Topics_are_made_described_grown_and_deleted()
    {
        const string topic = "made";
        await Librdkafka.CreateTopicAsync(Address, topic, 3);
        var again = await Assert.ThrowsAsync<CreateTopicsException>(
            () => Librdkafka.CreateTopicAsync(Address, topic, 3));
        Assert.Equal(ErrorCode.TopicAlreadyExists, again.Results[0].Error.Code);

        await admin.CreatePartitionsAsync([new() { Topic = topic, IncreaseTo = 7 }]);
        await Wait.UntilAsync("seven partitions", async () =>
            (await DescribeAsync(topic)).Partitions.Count == 7);
        await Assert.ThrowsAsync<CreatePartitionsException>(
            () => admin.CreatePartitionsAsync([new() { Topic = topic, IncreaseTo = 2 }]));

        await admin.DeleteTopicsAsync([topic]);
        await Wait.UntilAsync("the topic is gone", () => admin.GetMetadata(Librdkafka.Patience)
            .Topics.All(each => each.Topic != topic));
    }

    [Theory]
    [InlineData("not a name", ErrorCode.TopicException)]
    [InlineData("..", ErrorCode.TopicException)]
    public async Task A_name_that_kafka_refuses_is_refused(string topic, ErrorCode expected)
    {
        var refused = await Assert.ThrowsAsync<CreateTopicsException>(
            () => Librdkafka.CreateTopicAsync(Address, topic, 1));
        Assert.Equal(expected, refused.Results[0].Error.Code);
        Assert.NotEqual("", refused.Results[0].Error.Reason);
    }

    [Fact]
    public async Task A_config_that_kafka_refuses_is_refused()
    {
        var refused = await Assert.ThrowsAsync<CreateTopicsException>(
            () => Librdkafka.CreateTopicAsync(Address, "refused", 1, ("retention.ms", "soon")));
        Assert.Equal(ErrorCode.InvalidConfig, refused.Results[0].Error.Code);
    }

    [Fact]
    public async Task Configs_are_described_and_changed_one_by_one()
    {
        const string topic = "configured";
        await Librdkafka.CreateTopicAsync(Address, topic, 1, ("retention.ms", "3600000"));
        var before = await ConfigsAsync(ResourceType.Topic, topic);
        Assert.Equal("3600000", before["retention.ms"].Value);
        Assert.Equal(ConfigSource.DynamicTopicConfig, before["retention.ms"].Source);
        Assert.Equal("1048588", before["max.message.bytes"].Value);
        Assert.True(before["max.message.bytes"].IsDefault);

        await admin.IncrementalAlterConfigsAsync(new()
        {
            [new() { Type = ResourceType.Topic, Name = topic }] =
            [
                Entry("retention.ms", null, AlterConfigOpType.Delete),
                Entry("cleanup.policy", "compact", AlterConfigOpType.Append),
                Entry("segment.ms", "60000", AlterConfigOpType.Set),
            ],
        });
        var after = await ConfigsAsync(ResourceType.Topic, topic);
        Assert.Equal("604800000", after["retention.ms"].Value);
        Assert.Equal("delete,compact", after["cleanup.policy"].Value);
        Assert.Equal("60000", after["segment.ms"].Value);
    }

    [Fact]
    public async Task The_cluster_and_its_broker_are_described()
    {
        var cluster = await admin.DescribeClusterAsync();
        var node = Assert.Single(cluster.Nodes);
        Assert.Equal(fixture.Broker.Port, node.Port);
        Assert.NotEmpty(cluster.ClusterId);
        var configs = await ConfigsAsync(ResourceType.Broker, $"{node.Id}");
        Assert.True(configs.ContainsKey("log.retention.ms") || configs.ContainsKey("log.dirs"));
    }

    [Fact]
    public async Task Records_are_deleted_up_to_an_offset()
    {
        const string topic = "shortened";
        await Librdkafka.CreateTopicAsync(Address, topic, 1);
        await Librdkafka.ProduceAsync(Address, topic, 1, 10);
        var low = await admin.DeleteRecordsAsync([new TopicPartitionOffset(topic, 0, 4)]);
        Assert.Equal(4, low[0].Offset.Value);
        Assert.Equal(4, await OffsetAsync(topic, OffsetSpec.Earliest()));
        Assert.Equal(10, await OffsetAsync(topic, OffsetSpec.Latest()));
        using var consumer = Librdkafka.Consumer(Address, topic);
        consumer.Assign(new TopicPartitionOffset(topic, 0, Offset.Beginning));
        Assert.Equal(4, Librdkafka.Drain(consumer, 6)[0].Offset.Value);
    }

    [Fact]
    public async Task Offsets_are_found_by_time()
    {
        const string topic = "by-time";
        await Librdkafka.CreateTopicAsync(Address, topic, 1, ("retention.ms", "-1"));
        using var producer = Librdkafka.Producer(Address);
        for (var number = 0; number < 10; number++)
            await producer.ProduceAsync(new TopicPartition(topic, 0), new()
            {
                Value = [1],
                Timestamp = new(1_000_000 + number * 1_000, TimestampType.CreateTime),
            }, TestContext.Current.CancellationToken);
        Assert.Equal(0, await OffsetAsync(topic, OffsetSpec.ForTimestamp(0)));
        Assert.Equal(3, await OffsetAsync(topic, OffsetSpec.ForTimestamp(1_003_000)));
        Assert.Equal(4, await OffsetAsync(topic, OffsetSpec.ForTimestamp(1_003_001)));
        Assert.Equal(-1, await OffsetAsync(topic, OffsetSpec.ForTimestamp(2_000_000)));
        Assert.Equal(9, await OffsetAsync(topic, OffsetSpec.MaxTimestamp()));
    }

    private static ConfigEntry Entry(string name, string? value, AlterConfigOpType operation) =>
        new() { Name = name, Value = value, IncrementalOperation = operation };

    private async Task<Dictionary<string, ConfigEntryResult>> ConfigsAsync(
        ResourceType type, string name) =>
        (await admin.DescribeConfigsAsync([new() { Type = type, Name = name }]))[0].Entries;

    private async Task<TopicDescription> DescribeAsync(string topic) =>
        (await admin.DescribeTopicsAsync(TopicCollection.OfTopicNames([topic])))
            .TopicDescriptions[0];

    private async Task<long> OffsetAsync(string topic, OffsetSpec spec) =>
        (await admin.ListOffsetsAsync(
            [new() { TopicPartition = new(topic, 0), OffsetSpec = spec }]))
            .ResultInfos[0].TopicPartitionOffsetError.Offset.Value;
}
