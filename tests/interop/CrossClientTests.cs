using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Teralog.Interop.Clients;

namespace Teralog.Interop;

/// <summary>What each client wrote with each of its codecs, every other reads byte for
/// byte.</summary>
public sealed class CrossClientTests(BrokerFixture fixture) : IClassFixture<BrokerFixture>
{
    private static readonly Dictionary<string, ITestClient> Clients = new()
    {
        ["kcat"] = new KcatClient(),
        ["Confluent.Kafka"] = new ConfluentClient(),
        ["kafkajs"] = ScriptClient.KafkaJs,
        ["python3-kafka"] = ScriptClient.KafkaPython,
        ["python3-confluent-kafka"] = ScriptClient.ConfluentPython,
        ["java"] = new JavaClient(),
    };

    private static readonly Dictionary<string, Task<List<Message>>> Written = [];

    public static TheoryData<string, string> Pairs()
    {
        var pairs = new TheoryData<string, string>();
        foreach (var writer in Clients.Keys)
            foreach (var reader in Clients.Keys)
                pairs.Add(writer, reader);
        return pairs;
    }

    [Theory, MemberData(nameof(Pairs))]
    public async Task What_one_client_wrote_another_reads(string writer, string reader)
    {
        Clients[writer].Require();
        Clients[reader].Require();
        var topic = $"written-by-{writer}";
        var written = await WrittenAsync(writer, topic);

        var read = await Clients[reader].ReadAsync(
            fixture.Broker.Address, topic, written.Count);

        Assert.Equal(written.Select(each => each.ToString()), read.Select(each => each.ToString()));
    }

    /// <summary>Once per writer, also when that failed: the next reader fails for the
    /// same.</summary>
    private Task<List<Message>> WrittenAsync(string writer, string topic) =>
        Written.TryGetValue(writer, out var before)
            ? before
            : Written[writer] = WriteAsync(writer, topic);

    private async Task<List<Message>> WriteAsync(string writer, string topic)
    {
        var address = fixture.Broker.Address;
        using var admin = new AdminClientBuilder(
            new AdminClientConfig { BootstrapServers = address }).Build();
        await admin.CreateTopicsAsync(
            [new TopicSpecification { Name = topic, NumPartitions = 1, ReplicationFactor = 1 }]);
        return await Clients[writer].WriteAsync(address, topic);
    }
}
