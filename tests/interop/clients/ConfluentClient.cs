using Confluent.Kafka;

namespace Teralog.Interop.Clients;

/// <summary>Confluent.Kafka with the native library that it brings.</summary>
internal sealed class ConfluentClient : ITestClient
{
    private const int MessageBytesMax = 2_000_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public string[] Codecs => ["none", "gzip", "snappy", "lz4", "zstd"];

    public void Require()
    {
        // Restored with the test project itself.
    }

    public async Task<List<Message>> WriteAsync(string address, string topic)
    {
        var written = new List<Message>();
        foreach (var codec in Enum.GetValues<CompressionType>())
        {
            using var producer = new ProducerBuilder<byte[]?, byte[]?>(new ProducerConfig
            {
                BootstrapServers = address,
                CompressionType = codec,
                LingerMs = 50,
                MessageMaxBytes = MessageBytesMax,
            }).Build();
            var sent = new List<Task>();
            foreach (var message in Messages.Binary())
            {
                sent.Add(producer.ProduceAsync(new TopicPartition(topic, 0), ToKafka(message)));
                written.Add(message);
            }
            await Task.WhenAll(sent);
        }
        return written;
    }

    public Task<List<Message>> ReadAsync(string address, string topic, int count)
    {
        using var consumer = new ConsumerBuilder<byte[]?, byte[]?>(new ConsumerConfig
        {
            BootstrapServers = address,
            GroupId = $"reads-{topic}",
            EnableAutoCommit = false,
        }).Build();
        consumer.Assign(new TopicPartitionOffset(topic, 0, Offset.Beginning));
        var messages = new List<Message>();
        while (messages.Count < count && consumer.Consume(Patience) is { } read)
            messages.Add(FromKafka(read.Message));
        consumer.Close();
        return Task.FromResult(messages);
    }

    private static Message<byte[]?, byte[]?> ToKafka(Message message)
    {
        var headers = new Headers();
        foreach (var (name, value) in message.Headers)
            headers.Add(name, value);
        return new() { Key = message.Key, Value = message.Value, Headers = headers };
    }

    private static Message FromKafka(Message<byte[]?, byte[]?> message) =>
        new(message.Key, message.Value,
            [.. message.Headers.Select(each => (each.Key, each.GetValueBytes()))]);
}
