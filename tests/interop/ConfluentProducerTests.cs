using Confluent.Kafka;
using Teralog.Interop.Clients;

namespace Teralog.Interop;

/// <summary>Confluent.Kafka produces: acks, idempotence, timestamps, limits,
/// auto-creation.</summary>
public sealed class ConfluentProducerTests(BrokerFixture fixture) : IClassFixture<BrokerFixture>
{
    private const int MessagesCount = 2_000;
    private string Address => fixture.Broker.Address;

    [Theory]
    [InlineData(Acks.None)]
    [InlineData(Acks.Leader)]
    [InlineData(Acks.All)]
    public async Task Every_level_of_acks_stores_all_in_order(Acks acks)
    {
        var topic = $"acks-{acks}";
        await Librdkafka.CreateTopicAsync(Address, topic, 1);
        using (var producer = Librdkafka.Producer(Address, config => config.Acks = acks))
        {
            for (var number = 0; number < MessagesCount; number++)
                producer.Produce(new TopicPartition(topic, 0), Librdkafka.Numbered(number));
            producer.Flush(Librdkafka.Patience);
        }
        Assert.Equal(Numbers(), Read(topic));
    }

    [Fact]
    public async Task An_idempotent_producer_stores_each_message_once_in_order()
    {
        const string topic = "idempotent";
        await Librdkafka.CreateTopicAsync(Address, topic, 1);
        using (var producer = Librdkafka.Producer(Address, config =>
        {
            config.EnableIdempotence = true;
            config.BatchNumMessages = 10;
            config.LingerMs = 0;
        }))
        {
            var offsets = new long[MessagesCount];
            for (var number = 0; number < MessagesCount; number++)
            {
                var sent = number;
                producer.Produce(new TopicPartition(topic, 0), Librdkafka.Numbered(number),
                    report => offsets[sent] = report.Error.IsError ? -1 : report.Offset.Value);
            }
            producer.Flush(Librdkafka.Patience);
            Assert.Equal(Enumerable.Range(0, MessagesCount).Select(each => (long)each), offsets);
        }
        Assert.Equal(Numbers(), Read(topic));
    }

    [Fact]
    public async Task A_create_time_stays_and_a_log_append_time_is_the_brokers()
    {
        var at = new Timestamp(1_700_000_000_123, TimestampType.CreateTime);
        await Librdkafka.CreateTopicAsync(Address, "create-time", 1);
        await Librdkafka.CreateTopicAsync(Address, "append-time", 1,
            ("message.timestamp.type", "LogAppendTime"));
        foreach (var topic in (string[])["create-time", "append-time"])
        {
            using var producer = Librdkafka.Producer(Address);
            await producer.ProduceAsync(topic, new() { Value = [1], Timestamp = at },
                TestContext.Current.CancellationToken);
        }
        Assert.Equal(at, Messages("create-time", 1)[0].Message.Timestamp);
        var appended = Messages("append-time", 1)[0].Message.Timestamp;
        Assert.Equal(TimestampType.LogAppendTime, appended.Type);
        Assert.True(appended.UnixTimestampMs > at.UnixTimestampMs);
    }

    [Fact]
    public async Task A_batch_above_the_topics_limit_is_refused_and_nothing_is_written()
    {
        const string topic = "limited";
        await Librdkafka.CreateTopicAsync(Address, topic, 1, ("max.message.bytes", "10000"));
        using var producer = Librdkafka.Producer(Address);
        var partition = new TopicPartition(topic, 0);
        var refused = await Assert.ThrowsAsync<ProduceException<byte[]?, byte[]?>>(() =>
            producer.ProduceAsync(partition, new() { Value = new byte[20_000] },
                TestContext.Current.CancellationToken));
        Assert.Equal(ErrorCode.MsgSizeTooLarge, refused.Error.Code);
        var stored = await producer.ProduceAsync(partition, new() { Value = new byte[5_000] },
            TestContext.Current.CancellationToken);
        Assert.Equal(0, stored.Offset.Value);
    }

    [Fact]
    public async Task A_topic_is_made_when_somebody_writes_to_it()
    {
        using var producer = Librdkafka.Producer(Address);
        var stored = await producer.ProduceAsync("made-by-writing", new() { Value = [1] },
            TestContext.Current.CancellationToken);
        Assert.Equal(0, stored.Offset.Value);
    }

    private static IEnumerable<string> Numbers() =>
        Enumerable.Range(0, MessagesCount).Select(each => $"{each}");

    private IEnumerable<string> Read(string topic) =>
        Messages(topic, MessagesCount)
            .Select(each => System.Text.Encoding.ASCII.GetString(each.Message.Value!));

    private List<ConsumeResult<byte[]?, byte[]?>> Messages(string topic, int count)
    {
        using var consumer = Librdkafka.Consumer(Address, $"reads-{topic}");
        consumer.Assign(new TopicPartitionOffset(topic, 0, Offset.Beginning));
        return Librdkafka.Drain(consumer, count);
    }
}
