using System.Text.Json;
using Teralog.Interop.Clients;
using Teralog.Interop.Harness;

namespace Teralog.Interop;

/// <summary>Kafka's own command-line tools: its strictest admin client, and its two
/// verifiers.</summary>
public sealed class JavaToolTests(BrokerFixture fixture) : IClassFixture<BrokerFixture>
{
    private string Address => fixture.Broker.Address;

    [Fact]
    public async Task Topics_and_their_configs()
    {
        const string topic = "java-topic";
        (await ToolAsync("topics", "--create", "--topic", topic, "--partitions", "3",
            "--config", "retention.ms=3600000")).Says($"Created topic {topic}");
        (await ToolAsync("topics", "--alter", "--topic", topic, "--partitions", "5")).Ok();
        (await ToolAsync("configs", "--alter", "--entity-type", "topics", "--entity-name", topic,
            "--add-config", "segment.bytes=2097152,cleanup.policy=[delete,compact]",
            "--delete-config", "retention.ms")).Ok();
        (await ToolAsync("topics", "--describe", "--topic", topic))
            .Says("PartitionCount: 5").Says("ReplicationFactor: 1").Says("segment.bytes=2097152");
        (await ToolAsync("configs", "--describe", "--entity-type", "topics",
            "--entity-name", topic)).Says("cleanup.policy=delete,compact");
        (await ToolAsync("topics", "--list")).Says(topic);
        (await ToolAsync("topics", "--delete", "--topic", topic)).Ok();
        Assert.DoesNotContain(topic, (await ToolAsync("topics", "--list")).Lines);
    }

    [Fact]
    public async Task The_broker_and_the_cluster()
    {
        (await ToolAsync("cluster", "cluster-id")).Says("Cluster ID: ");
        (await ToolAsync("cluster", "list-endpoints")).Says($"{fixture.Broker.Port}");
        (await ToolAsync("broker-api-versions")).Says("Produce(0): ").Says("Fetch(1): ")
            .Says("OffsetForLeaderEpoch(23): ").Says("DescribeTopicPartitions(75): ");
        (await ToolAsync("configs", "--describe", "--all", "--entity-type", "brokers"))
            .Says("log.retention.hours=168");
    }

    [Fact]
    public async Task Offsets_records_and_log_folders()
    {
        const string topic = "java-records";
        await Librdkafka.CreateTopicAsync(Address, topic, 2);
        await Librdkafka.ProduceAsync(Address, topic, 2, 10);
        await WithFileAsync(
            $$"""{"version":1,"partitions":[{"topic":"{{topic}}","partition":1,"offset":4}]}""",
            async file => (await ToolAsync("delete-records", "--offset-json-file", file))
                .Says($"{topic}-1\tlow_watermark: 4"));
        (await OffsetsAsync(topic, "earliest")).Says($"{topic}:0:0").Says($"{topic}:1:4");
        (await OffsetsAsync(topic, "latest")).Says($"{topic}:0:10").Says($"{topic}:1:10");
        (await OffsetsAsync(topic, "1000")).Says($"{topic}:0:0").Says($"{topic}:1:4");
        var folders = await ToolAsync("log-dirs", "--describe", "--topic-list", topic);
        folders.Says($"\"partition\":\"{topic}-0\"").Says(fixture.Broker.LogFolder);
    }

    [Fact]
    public async Task Groups_and_their_offsets()
    {
        const string topic = "java-grouped";
        await Librdkafka.CreateTopicAsync(Address, topic, 2);
        await Librdkafka.ProduceAsync(Address, topic, 2, 10);
        var read = await ToolAsync("consumer", "--topic", topic, "--group", topic,
            "--from-beginning", "--max-messages", "20", "--timeout-ms", "30000");
        Assert.Equal(20, read.Lines.Distinct().Count());
        (await GroupAsync("--list")).Says(topic);
        (await ToolAsync("groups", "--list")).Says(topic);
        (await GroupAsync("--describe", "--group", topic)).Says("LOG-END-OFFSET");
        (await GroupAsync("--describe", "--group", topic, "--state")).Says("Empty");
        (await GroupAsync("--reset-offsets", "--group", topic, "--topic", topic,
            "--to-offset", "3", "--execute")).Says("NEW-OFFSET");
        var left = await ToolAsync("consumer", "--topic", topic, "--group", topic,
            "--max-messages", "14", "--timeout-ms", "30000");
        Assert.Equal(14, left.Lines.Distinct().Count());
        (await GroupAsync("--delete-offsets", "--group", topic, "--topic", topic))
            .Says("Successful");
        (await GroupAsync("--delete", "--group", topic)).Says("was successful");
        Assert.DoesNotContain(topic, (await GroupAsync("--list")).Lines);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("-1")]
    public async Task The_verifiable_clients_agree(string acks)
    {
        const int count = 20_000;
        var topic = $"java-verified{acks}";
        await Librdkafka.CreateTopicAsync(Address, topic, 3);
        var produced = await ToolAsync("verifiable-producer", "--topic", topic,
            "--max-messages", $"{count}", "--acks", acks);
        Assert.Equal(count, Named(produced, "producer_send_success").Count());
        Assert.Empty(Named(produced, "producer_send_error"));

        var consumed = await ToolAsync("verifiable-consumer", "--topic", topic,
            "--group-id", topic, "--max-messages", $"{count}", "--group-protocol", "classic");
        Assert.Equal(count, Named(consumed, "records_consumed")
            .Sum(each => each.GetProperty("count").GetInt32()));
        Assert.All(Named(consumed, "offsets_committed"),
            each => Assert.True(each.GetProperty("success").GetBoolean()));
    }

    private static IEnumerable<JsonElement> Named(CommandResult result, string name) =>
        result.Lines.Where(line => line.StartsWith('{'))
            .Select(line => JsonDocument.Parse(line).RootElement)
            .Where(each => each.GetProperty("name").GetString() == name);

    private static async Task WithFileAsync(string content, Func<string, Task> use)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, content);
        await use(file);
        File.Delete(file);
    }

    private Task<CommandResult> OffsetsAsync(string topic, string time) =>
        ToolAsync("get-offsets", "--topic", topic, "--time", time);

    private Task<CommandResult> GroupAsync(params string[] arguments) =>
        ToolAsync(["consumer-groups", .. arguments]);

    private async Task<CommandResult> ToolAsync(params string[] arguments)
    {
        Requires.Java();
        return (await JavaClient.ToolAsync([.. arguments, "--bootstrap-server", Address])).Ok();
    }
}
