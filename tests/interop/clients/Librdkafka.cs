using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Teralog.Interop.Clients;

/// <summary>Short ways to Confluent.Kafka's admin client, producers and consumers.</summary>
internal static class Librdkafka
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollMax = TimeSpan.FromMilliseconds(200);

    public static IAdminClient Admin(string address) =>
        new AdminClientBuilder(new AdminClientConfig { BootstrapServers = address })
            .SetLogHandler((_, _) => { }).Build();

    public static IProducer<byte[]?, byte[]?> Producer(
        string address, Action<ProducerConfig>? configure = null)
    {
        var config = new ProducerConfig { BootstrapServers = address, LingerMs = 5 };
        configure?.Invoke(config);
        return new ProducerBuilder<byte[]?, byte[]?>(config)
            .SetLogHandler((_, _) => { }).Build();
    }

    public static IConsumer<byte[]?, byte[]?> Consumer(
        string address, string group, Action<ConsumerConfig>? configure = null)
    {
        var config = new ConsumerConfig
        {
            BootstrapServers = address,
            GroupId = group,
            AutoOffsetReset = AutoOffsetReset.Earliest,
            EnableAutoCommit = false,
            SessionTimeoutMs = 10_000,
        };
        configure?.Invoke(config);
        return new ConsumerBuilder<byte[]?, byte[]?>(config)
            .SetLogHandler((_, _) => { }).Build();
    }

    public static async Task CreateTopicAsync(
        string address, string topic, int partitions, params (string Key, string Value)[] configs)
    {
        using var admin = Admin(address);
        await admin.CreateTopicsAsync([new TopicSpecification
        {
            Name = topic,
            NumPartitions = partitions,
            ReplicationFactor = 1,
            Configs = configs.ToDictionary(each => each.Key, each => each.Value),
        }]);
    }

    /// <summary>Appends so many numbered messages to each partition.</summary>
    public static async Task ProduceAsync(string address, string topic, int partitions, int each)
    {
        using var producer = Producer(address, config => config.Acks = Acks.All);
        var sent = new List<Task>();
        for (var number = 0; number < partitions * each; number++)
            sent.Add(producer.ProduceAsync(
                new TopicPartition(topic, number % partitions), Numbered(number)));
        await Task.WhenAll(sent);
    }

    public static Message<byte[]?, byte[]?> Numbered(int number) =>
        new() { Value = Encoding.ASCII.GetBytes($"{number}") };

    /// <summary>Polls until so many messages came; the test fails when they do not.</summary>
    public static List<ConsumeResult<byte[]?, byte[]?>> Drain(
        IConsumer<byte[]?, byte[]?> consumer, int count)
    {
        var got = new List<ConsumeResult<byte[]?, byte[]?>>();
        PollUntil($"{count} messages", () => got.Count >= count, got.Add, consumer);
        return got;
    }

    /// <summary>Polls the consumers in turn until something holds.</summary>
    public static void PollUntil(
        string what, Func<bool> holds, params IConsumer<byte[]?, byte[]?>[] consumers) =>
        PollUntil(what, holds, _ => { }, consumers);

    private static void PollUntil(
        string what, Func<bool> holds, Action<ConsumeResult<byte[]?, byte[]?>> take,
        params IConsumer<byte[]?, byte[]?>[] consumers)
    {
        var waited = Stopwatch.StartNew();
        while (!holds())
        {
            Assert.True(waited.Elapsed < Patience, $"Not within {Patience}: {what}");
            foreach (var consumer in consumers)
                if (consumer.Consume(PollMax) is { } message)
                    take(message);
        }
    }
}
