using System.Buffers.Binary;
using System.Globalization;
using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka.Tests;

/// <summary>Answers come in the order of the requests, whatever order the results come in.
/// </summary>
public sealed class PipelineTests(ITestOutputHelper output)
{
    [Fact]
    public async Task ResultsOutOfOrderAreAnsweredInOrder()
    {
        var random = SeededRandom();
        for (var round = 0; round < 20; round++)
        {
            using var broker = new FakeBroker { HoldsProduces = true };
            var partitions = broker.Fakes.Add("a", 3);
            await using var frontend = await FrontendFixture.StartAsync(broker);
            using var client = frontend.Connect();
            var count = random.Next(2, Limits.InFlightMax);
            var produces = SendMixed(client, partitions[0].TopicId, count, random);
            Deadline.Until(() => broker.HeldCount == produces * 3);
            var held = broker.TakeHeld().ToArray();
            random.Shuffle(held);
            _ = Parallel.ForEach(held, complete => complete());
            AssertInOrder(client, 0, count);
        }
    }

    [Fact]
    public async Task ManyMoreThanMayBeInFlightAreAllAnswered()
    {
        using var broker = new FakeBroker { HoldsProduces = true };
        var partitions = broker.Fakes.Add("a", 3);
        await using var frontend = await FrontendFixture.StartAsync(broker);
        using var client = frontend.Connect();
        const int Count = 5 * Limits.InFlightMax;
        for (var index = 0; index < Count; index++)
            client.Send(ProduceFrame(partitions[0].TopicId, index));
        var completed = 0;
        var held = 0;
        while (completed < 3 * Count)
        {
            Deadline.Until(() => broker.HeldCount > 0);
            var some = broker.TakeHeld();
            held = Math.Max(held, some.Count);
            Assert.True(some.Count <= 3 * Limits.InFlightMax);
            some.ForEach(complete => complete());
            completed += some.Count;
        }
        output.WriteLine($"at most {held / 3} requests in flight");
        AssertInOrder(client, 0, Count);
    }

    [Fact]
    public async Task AParkedFetchDoesNotHoldUpTheAppendBehindIt()
    {
        using var broker = new FakeBroker();
        var partitions = broker.Fakes.Add("a", 3);
        await using var frontend = await FrontendFixture.StartAsync(broker);
        using var client = frontend.Connect();
        client.Send(WireClient.Frame(FetchCodecTests.Request(partitions[0], 60_000, 0), 12, 0));
        client.Send(ProduceFrame(partitions[0].TopicId, 1));
        AssertInOrder(client, 0, 2);
    }

    [Fact]
    public async Task ResultsAfterTheConnectionIsGoneHarmNobody()
    {
        using var broker = new FakeBroker { HoldsProduces = true };
        var partitions = broker.Fakes.Add("a", 3);
        await using var frontend = await FrontendFixture.StartAsync(broker);
        using (var client = frontend.Connect())
        {
            for (var index = 0; index < 10; index++)
                client.Send(ProduceFrame(partitions[0].TopicId, index));
            Deadline.Until(() => broker.HeldCount == 30);
            client.Socket.LingerState = new(true, 0);
        }
        broker.TakeHeld().ForEach(complete => complete());
        broker.HoldsProduces = false;
        using var next = frontend.Connect();
        for (var index = 0; index < 20; index++)
            next.Send(ProduceFrame(partitions[0].TopicId, index));
        AssertInOrder(next, 0, 20);
    }

    private static int SendMixed(WireClient client, Guid topicId, int count, Random random)
    {
        var produces = 0;
        for (var index = 0; index < count; index++)
        {
            var isProduce = random.Next(3) > 0;
            produces += isProduce ? 1 : 0;
            client.Send(isProduce
                ? ProduceFrame(topicId, index)
                : WireClient.Frame(new ApiVersionsRequest(), 0, index));
        }
        return produces;
    }

    private static byte[] ProduceFrame(Guid topicId, int correlationId) => WireClient.Frame(
        ProduceCodecTests.Request(-1, ("a", topicId, [0, 1, 2])), 12, correlationId);

    private static void AssertInOrder(WireClient client, int first, int count)
    {
        for (var index = first; index < first + count; index++)
            Assert.Equal(index, BinaryPrimitives.ReadInt32BigEndian(client.Receive()));
    }

    private Random SeededRandom()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("TERALOG_SEED"),
            CultureInfo.InvariantCulture, out var given) ? given : 4242;
        output.WriteLine($"TERALOG_SEED={seed}");
        return new Random(seed);
    }
}
