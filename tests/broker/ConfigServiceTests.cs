using Teralog.Abstractions;

namespace Teralog.Broker.Tests;

public sealed class ConfigServiceTests
{
    private static readonly ConfigResource Topic = new(ConfigResourceKind.Topic, "orders");
    private static readonly ConfigResource Node = new(ConfigResourceKind.Broker, "1");
    private static readonly ConfigResource Cluster = new(ConfigResourceKind.Broker, "");

    [Fact]
    public async Task The_sources_of_a_topic_value_form_a_chain()
    {
        await using TestBroker broker = await TestBroker.Open(
            settings: ("log.retention.hours", "2"));
        await broker.Create("orders");
        ConfigEntry entry = Describe(broker, Topic, "retention.ms");
        Assert.Equal("7200000", entry.Value);
        Assert.Equal(ConfigSource.StaticBroker, entry.Source);

        await Set(broker, Cluster, "log.retention.ms", "3000");
        entry = Describe(broker, Topic, "retention.ms");
        Assert.Equal(("3000", ConfigSource.DynamicDefaultBroker), (entry.Value, entry.Source));

        await Set(broker, Node, "log.retention.ms", "4000");
        entry = Describe(broker, Topic, "retention.ms");
        Assert.Equal(("4000", ConfigSource.DynamicBroker), (entry.Value, entry.Source));

        await Set(broker, Topic, "retention.ms", "5000");
        entry = Describe(broker, Topic, "retention.ms");
        Assert.Equal(("5000", ConfigSource.DynamicTopic), (entry.Value, entry.Source));
        Assert.Equal(
            [
                new ConfigSynonym("retention.ms", "5000", ConfigSource.DynamicTopic),
                new ConfigSynonym("log.retention.ms", "4000", ConfigSource.DynamicBroker),
                new ConfigSynonym("log.retention.ms", "3000", ConfigSource.DynamicDefaultBroker),
                new ConfigSynonym("log.retention.hours", "2", ConfigSource.StaticBroker),
            ],
            entry.Synonyms);
    }

    [Fact]
    public async Task A_default_names_its_broker_synonym()
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create("orders");
        ConfigEntry entry = Describe(broker, Topic, "segment.bytes");
        Assert.Equal(("1073741824", ConfigSource.Default), (entry.Value, entry.Source));
        Assert.Equal(
            [new ConfigSynonym("log.segment.bytes", "1073741824", ConfigSource.Default)],
            entry.Synonyms);
        Assert.Equal("delete", Describe(broker, Topic, "cleanup.policy").Value);
    }

    [Fact]
    public async Task Changes_are_in_force_and_survive_a_restart()
    {
        string folder = TestBroker.NewFolder();
        await using (TestBroker broker = await TestBroker.Open(folder))
        {
            await broker.Create("orders");
            await Set(broker, Topic, "max.message.bytes", "100");
            ProduceResult refused = broker.Produce(broker.Partition("orders"), Batches.Of(5));
            Assert.Equal(BrokerError.RecordTooLarge, refused.Error);
            await Set(broker, Cluster, "log.retention.ms", "1234");
        }

        await using (TestBroker broker = await TestBroker.Open(folder))
        {
            Assert.Equal("100", Describe(broker, Topic, "max.message.bytes").Value);
            Assert.Equal("1234", Describe(broker, Topic, "retention.ms").Value);
            TopicResult removed = await Alter(
                broker, Topic, new ConfigChange("max.message.bytes", ConfigOperation.Delete, null));
            Assert.Equal(BrokerError.None, removed.Error);
            Assert.Equal(
                BrokerError.None, broker.Produce(broker.Partition("orders"), Batches.Of(5)).Error);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Lists_are_appended_to_and_subtracted_from()
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create("orders");
        await Alter(broker, Topic, new ConfigChange(
            "cleanup.policy", ConfigOperation.Append, "compact"));
        Assert.Equal("delete,compact", Describe(broker, Topic, "cleanup.policy").Value);
        await Alter(broker, Topic, new ConfigChange(
            "cleanup.policy", ConfigOperation.Subtract, "delete"));
        Assert.Equal("compact", Describe(broker, Topic, "cleanup.policy").Value);
        TopicResult refused = await Alter(
            broker, Topic, new ConfigChange("retention.ms", ConfigOperation.Append, "1"));
        Assert.Equal(BrokerError.InvalidConfig, refused.Error);
        Assert.Equal("Can't APPEND to key retention.ms because its type is not LIST.",
            refused.Message);
    }

    [Fact]
    public async Task Replacing_drops_what_is_not_named()
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create("orders", 1, ("retention.ms", "5"), ("flush.ms", "7"));
        TopicResult replaced = await broker.Broker.Configs.ReplaceAsync(
            Topic, [new("retention.ms", "6")], false, TestBroker.Stop);
        Assert.Equal(BrokerError.None, replaced.Error);
        Assert.Equal("6", Describe(broker, Topic, "retention.ms").Value);
        Assert.Equal(ConfigSource.Default, Describe(broker, Topic, "flush.ms").Source);
    }

    [Fact]
    public async Task Validation_alone_changes_nothing()
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create("orders");
        TopicResult result = await broker.Broker.Configs.AlterAsync(
            Topic, [new("retention.ms", ConfigOperation.Set, "5")], true, TestBroker.Stop);
        Assert.Equal(BrokerError.None, result.Error);
        Assert.Equal(ConfigSource.Default, Describe(broker, Topic, "retention.ms").Source);
    }

    [Theory]
    [InlineData("nonsense", "1", BrokerError.InvalidConfig, "Unknown topic config name: nonsense")]
    [InlineData("retention.ms", "x", BrokerError.InvalidConfig,
        "Invalid value x for configuration retention.ms: Not a number of type LONG")]
    [InlineData("retention.ms", null, BrokerError.InvalidRequest,
        "Null value not supported for : retention.ms")]
    public async Task A_bad_topic_change_is_refused(
        string name, string? value, BrokerError error, string message)
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create("orders");
        TopicResult result = await Alter(
            broker, Topic, new ConfigChange(name, ConfigOperation.Set, value));
        Assert.Equal((error, message), (result.Error, result.Message));
    }

    [Fact]
    public async Task A_bad_broker_change_is_refused()
    {
        await using TestBroker broker = await TestBroker.Open();
        TopicResult result = await Alter(
            broker, Node, new ConfigChange("node.id", ConfigOperation.Set, "2"));
        Assert.Equal(BrokerError.InvalidRequest, result.Error);
        result = await Alter(
            broker, new(ConfigResourceKind.Broker, "9"),
            new ConfigChange("log.retention.ms", ConfigOperation.Set, "2"));
        Assert.Equal(BrokerError.InvalidRequest, result.Error);
        result = await Alter(
            broker, new(ConfigResourceKind.Topic, "absent"),
            new ConfigChange("retention.ms", ConfigOperation.Set, "2"));
        Assert.Equal(BrokerError.UnknownTopicOrPartition, result.Error);
    }

    [Fact]
    public async Task A_broker_is_described_with_all_that_tools_ask_for()
    {
        await using TestBroker broker = await TestBroker.Open(
            settings: ("num.partitions", "3"));
        ConfigDescription all = broker.Broker.Configs.Describe(Node, null);
        Assert.Equal(BrokerError.None, all.Error);
        string[] wanted =
        [
            "advertised.listeners", "log.segment.bytes", "log.retention.bytes", "log.retention.ms",
            "num.partitions", "default.replication.factor", "log.dirs", "auto.create.topics.enable",
            "delete.topic.enable", "min.insync.replicas", "inter.broker.protocol.version",
            "listeners", "log.cleanup.policy", "message.max.bytes", "offsets.retention.minutes",
            "transaction.max.timeout.ms", "node.id", "broker.rack",
        ];
        Assert.All(wanted, name => Assert.Contains(all.Entries, one => one.Name == name));
        ConfigEntry partitions = all.Entries.Single(one => one.Name == "num.partitions");
        Assert.Equal(("3", ConfigSource.StaticBroker), (partitions.Value, partitions.Source));
        Assert.True(partitions.IsReadOnly);
        Assert.Equal(2, partitions.Synonyms.Count);
        Assert.All(
            all.Entries.Where(one => one.IsSensitive), one => Assert.Null(one.Value));
    }

    private static ConfigEntry Describe(TestBroker broker, ConfigResource resource, string name) =>
        Assert.Single(broker.Broker.Configs.Describe(resource, [name]).Entries);

    private static async Task Set(
        TestBroker broker, ConfigResource resource, string name, string value)
    {
        TopicResult result = await Alter(
            broker, resource, new ConfigChange(name, ConfigOperation.Set, value));
        Assert.True(result.Error == BrokerError.None, result.Message);
    }

    private static async Task<TopicResult> Alter(
        TestBroker broker, ConfigResource resource, ConfigChange change) =>
        await broker.Broker.Configs.AlterAsync(resource, [change], false, TestBroker.Stop);
}
