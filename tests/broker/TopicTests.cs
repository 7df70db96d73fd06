using Teralog.Abstractions;

namespace Teralog.Broker.Tests;

public sealed class TopicTests
{
    [Fact]
    public async Task A_topic_is_created_found_by_name_and_id_and_listed_in_order()
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create("zebra", 2);
        TopicView topic = await broker.Create("apple", 3);
        Assert.Equal(["apple", "zebra"], broker.Broker.Topics.List().Select(one => one.Name));
        Assert.Equal(3, topic.Partitions.Count);
        Assert.All(topic.Partitions, one => Assert.Equal((1, 0), (one.Leader, one.LeaderEpoch)));
        Assert.Same(topic, broker.Broker.Topics.Find(topic.TopicId));
        Assert.NotNull(broker.Broker.FindPartition(topic.TopicId, 2));
        Assert.Null(broker.Broker.FindPartition("apple", 3));
        Assert.Null(broker.Broker.FindPartition("apple", -1));
        Assert.Null(broker.Broker.FindPartition("pear", 0));
        Assert.True(Directory.Exists(Path.Combine(broker.Folder, "logs", "apple-2")));
    }

    [Fact]
    public async Task Defaults_come_from_the_broker()
    {
        await using TestBroker broker = await TestBroker.Open(settings: ("num.partitions", "4"));
        CreateTopicResult created = await broker.TryCreate("orders", -1);
        Assert.Equal(4, created.Topic!.Partitions.Count);
        Assert.Contains(created.Configs!, one => one.Name == "retention.ms");
    }

    [Theory]
    [InlineData("", 1, -1, BrokerError.InvalidTopic)]
    [InlineData("..", 1, -1, BrokerError.InvalidTopic)]
    [InlineData("a b", 1, -1, BrokerError.InvalidTopic)]
    [InlineData("taken", 1, -1, BrokerError.TopicAlreadyExists)]
    [InlineData("a_b", 1, -1, BrokerError.InvalidTopic)]
    [InlineData("x", 0, -1, BrokerError.InvalidPartitions)]
    [InlineData("x", 2147483647, -1, BrokerError.InvalidPartitions)]
    [InlineData("x", 1, 0, BrokerError.InvalidReplicationFactor)]
    [InlineData("x", 1, 2, BrokerError.InvalidReplicationFactor)]
    public async Task What_Kafka_refuses_is_refused_with_a_sentence(
        string name, int partitions, int factor, BrokerError error)
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create("taken");
        await broker.Create("a.b");
        CreateTopicResult result = await broker.Broker.Topics.CreateAsync(
            new(name, partitions, factor, null, []), false, TestBroker.Stop);
        Assert.Equal(error, result.Error);
        Assert.False(string.IsNullOrEmpty(result.Message));
        Assert.Equal(2, broker.Broker.Topics.List().Count);
    }

    [Theory]
    [InlineData("nonsense", "1", "Unknown topic config name: nonsense")]
    [InlineData("retention.ms", null, "Null value not supported for topic configs: retention.ms")]
    [InlineData("retention.ms", "x",
        "Invalid value x for configuration retention.ms: Not a number of type LONG")]
    public async Task A_bad_config_is_refused(string name, string? value, string message)
    {
        await using TestBroker broker = await TestBroker.Open();
        CreateTopicResult result = await broker.TryCreate("orders", 1, (name, value));
        Assert.Equal((BrokerError.InvalidConfig, message), (result.Error, result.Message));
    }

    [Fact]
    public async Task A_manual_assignment_is_checked()
    {
        await using TestBroker broker = await TestBroker.Open();
        Assert.Equal(BrokerError.None, (await Assign(broker, "a", (0, [1]), (1, [1]))).Error);
        Assert.Equal(2, broker.Broker.Topics.Find("a")!.Partitions.Count);
        Assert.Equal(BrokerError.InvalidReplicaAssignment, (await Assign(broker, "b", (0, [2])))
            .Error);
        Assert.Equal(BrokerError.InvalidReplicaAssignment, (await Assign(broker, "b", (1, [1])))
            .Error);
        Assert.Equal(BrokerError.InvalidReplicaAssignment, (await Assign(broker, "b", (0, [])))
            .Error);
        Assert.Equal(BrokerError.InvalidReplicaAssignment, (await Assign(broker, "b", (0, [1, 1])))
            .Error);
    }

    [Fact]
    public async Task Validation_alone_creates_nothing()
    {
        await using TestBroker broker = await TestBroker.Open();
        CreateTopicResult result = await broker.Broker.Topics.CreateAsync(
            new("orders", 2, -1, null, []), true, TestBroker.Stop);
        Assert.Equal(BrokerError.None, result.Error);
        Assert.Equal(2, result.Topic!.Partitions.Count);
        Assert.Empty(broker.Broker.Topics.List());
        Assert.False(Directory.Exists(Path.Combine(broker.Folder, "logs", "orders-0")));
    }

    [Fact]
    public async Task A_deleted_topic_is_gone_and_a_new_one_of_its_name_is_empty()
    {
        await using TestBroker broker = await TestBroker.Open();
        TopicView old = await broker.Create("orders", 1, ("retention.ms", "5"));
        PartitionHandle handle = broker.Partition("orders");
        broker.Produce(handle, Batches.Of(3));
        Assert.Equal(BrokerError.None, (await Delete(broker, "orders")).Error);
        Assert.Null(broker.Broker.Topics.Find("orders"));
        Assert.Equal(
            BrokerError.UnknownTopicOrPartition, broker.Produce(handle, Batches.Of(1)).Error);
        Assert.Equal(BrokerError.UnknownTopicOrPartition, broker.Fetch(handle, 0).Result.Error);

        TopicView fresh = await broker.Create("orders");
        Assert.NotEqual(old.TopicId, fresh.TopicId);
        Assert.Equal(0, broker.Produce(broker.Partition("orders"), Batches.Of(1)).BaseOffset);
        ConfigEntry retention = Assert.Single(broker.Broker.Configs.Describe(
            new(ConfigResourceKind.Topic, "orders"), ["retention.ms"]).Entries);
        Assert.Equal(ConfigSource.Default, retention.Source);
    }

    [Fact]
    public async Task Deletion_has_its_errors()
    {
        await using TestBroker broker = await TestBroker.Open(
            settings: ("delete.topic.enable", "false"));
        await broker.Create("orders");
        Assert.Equal(BrokerError.TopicDeletionDisabled, (await Delete(broker, "orders")).Error);
        Assert.Equal(BrokerError.UnknownTopicOrPartition, (await Delete(broker, "pear")).Error);
    }

    [Fact]
    public async Task A_topic_grows_but_never_shrinks()
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create("orders", 2);
        PartitionHandle first = broker.Partition("orders");
        Assert.Equal(BrokerError.None, (await Grow(broker, 4)).Error);
        Assert.Equal(4, broker.Broker.Topics.Find("orders")!.Partitions.Count);
        Assert.Same(first, broker.Partition("orders"));
        Assert.Equal(BrokerError.None, broker.Produce(broker.Partition("orders", 3), Batches.Of(1))
            .Error);
        Assert.Equal(BrokerError.InvalidPartitions, (await Grow(broker, 4)).Error);
        Assert.Equal(BrokerError.InvalidPartitions, (await Grow(broker, 1)).Error);
        Assert.Equal(BrokerError.InvalidReplicaAssignment, (await Grow(broker, 6, [[1]])).Error);
        Assert.Equal(BrokerError.None, (await Grow(broker, 5, [[1]])).Error);
    }

    [Fact]
    public async Task Topics_are_created_on_demand_where_that_is_on()
    {
        await using TestBroker broker = await TestBroker.Open();
        CreateTopicResult created = await AutoCreate(broker, "orders");
        Assert.Equal(BrokerError.None, created.Error);
        Assert.Equal(created.Topic!.TopicId, (await AutoCreate(broker, "orders")).Topic!.TopicId);
        Assert.Equal(BrokerError.InvalidTopic, (await AutoCreate(broker, "a b")).Error);
    }

    [Fact]
    public async Task Internal_topics_come_on_demand_even_where_that_is_off()
    {
        await using TestBroker broker = await TestBroker.Open(
            settings: [("auto.create.topics.enable", "false"), (
                "offsets.topic.num.partitions", "5")]);
        Assert.Equal(BrokerError.UnknownTopicOrPartition, (await AutoCreate(broker, "orders"))
            .Error);
        TopicView offsets = (await AutoCreate(broker, "__consumer_offsets")).Topic!;
        Assert.True(offsets.IsInternal);
        Assert.Equal(5, offsets.Partitions.Count);
        Assert.Single(offsets.Partitions[0].Replicas);
        ConfigDescription configs = broker.Broker.Configs.Describe(
            new(ConfigResourceKind.Topic, "__consumer_offsets"), [
                "cleanup.policy", "segment.bytes"]);
        Assert.Equal(["compact", "104857600"], configs.Entries.Select(one => one.Value));
        Assert.Equal(
            BrokerError.InvalidTopic,
            broker.Produce(broker.Partition("__consumer_offsets"), Batches.Of(1)).Error);
        Assert.Equal(
            BrokerError.None,
            broker.Produce(broker.Partition("__consumer_offsets"), Batches.Of(1), isInternal: true)
                .Error);
    }

    [Fact]
    public async Task A_folder_that_no_topic_knows_is_never_taken_or_deleted()
    {
        string folder = TestBroker.NewFolder();
        string stray = Path.Combine(folder, "logs", "stray-0");
        Directory.CreateDirectory(stray);
        string file = Path.Combine(stray, "00000000000000000000.log");
        await File.WriteAllBytesAsync(file, [1, 2, 3], TestBroker.Stop);
        await using (TestBroker broker = await TestBroker.Open(folder))
        {
            CreateTopicResult refused = await broker.TryCreate("stray");
            Assert.Equal(BrokerError.StorageFailed, refused.Error);
            Assert.Contains("belongs to no topic", refused.Message);
            Assert.Null(broker.Broker.Topics.Find("stray"));
        }

        await using (TestBroker broker = await TestBroker.Open(folder))
            Assert.Equal([1, 2, 3], await File.ReadAllBytesAsync(file, TestBroker.Stop));
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<CreateTopicResult> AutoCreate(TestBroker broker, string name) =>
        await broker.Broker.Topics.AutoCreateAsync(name, TestBroker.Stop);

    private static async Task<TopicResult> Delete(TestBroker broker, string name) =>
        await broker.Broker.Topics.DeleteAsync(name, TestBroker.Stop);

    private static async Task<TopicResult> Grow(
        TestBroker broker, int count, IReadOnlyList<IReadOnlyList<int>>? assignments = null) =>
        await broker.Broker.Topics.CreatePartitionsAsync(
            "orders", count, assignments, false, TestBroker.Stop);

    private static async Task<CreateTopicResult> Assign(
        TestBroker broker, string name, params (int Partition, int[] Nodes)[] assignments) =>
        await broker.Broker.Topics.CreateAsync(
            new(name, -1, -1,
                assignments.ToDictionary(
                    one => one.Partition, one => (IReadOnlyList<int>)one.Nodes), []),
            false, TestBroker.Stop);
}
