using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka.Tests;

/// <summary>Produce and Fetch allocate nothing on the managed heap once they are warm. Counted on
/// the loop's own thread, so that other tests do not matter.</summary>
public sealed class AllocationTests(ITestOutputHelper output)
{
    private const int Warm = 300;
    private const int Measured = 2000;

    [Theory]
    [InlineData(3)]
    [InlineData(9)]
    [InlineData(13)]
    public async Task ProduceAllocatesNothing(short version)
    {
        using var broker = new FakeBroker();
        var partitions = broker.Fakes.Add("a", 2);
        var request = ProduceCodecTests.Request(1, ("a", partitions[0].TopicId, [0, 1]));
        await AssertNothingAllocated(broker, WireClient.Frame(request, version));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(12)]
    [InlineData(18)]
    public async Task FetchAllocatesNothing(short version)
    {
        using var broker = new FakeBroker();
        var partitions = broker.Fakes.Add("a", 2);
        _ = partitions[0].Append(TestBatches.Of("one"));
        _ = partitions[1].Append(TestBatches.Of("two"));
        // The zstd gate of old versions asks the configuration: those clients may allocate.
        var request = FetchCodecTests.Request(partitions[0], 0, 0, 1);
        await AssertNothingAllocated(
            broker, WireClient.Frame(request, Math.Max(version, (short)10)));
    }

    [Fact]
    public async Task AnIncrementalFetchThatMovesOnAllocatesNothing()
    {
        using var broker = new FakeBroker();
        var partitions = broker.Fakes.Add("a", 2);
        _ = partitions[0].Append(TestBatches.Of("one"));
        await using var frontend = await FrontendFixture.StartAsync(broker);
        using var client = frontend.Connect();
        var request = FetchCodecTests.Request(partitions[0], 0, 0, 1);
        request.SessionEpoch = 0;
        request.SessionId = client.Call<FetchRequest, FetchResponse>(request, 12).SessionId;
        Assert.NotEqual(0, request.SessionId);
        _ = request.Topics[0].Partitions.Remove(request.Topics[0].Partitions[1]);
        var before = 0L;
        for (var round = 1; round <= Warm + Measured; round++)
        {
            request.SessionEpoch = round;
            var response = client.Call<FetchRequest, FetchResponse>(request, 12);
            Assert.Equal(0, response.ErrorCode);
            _ = Assert.Single(response.Responses);
            if (round == Warm)
                before = broker.AllocatedOnLoop;
        }
        Report(broker.AllocatedOnLoop - before);
    }

    private async Task AssertNothingAllocated(FakeBroker broker, byte[] frame)
    {
        await using var frontend = await FrontendFixture.StartAsync(broker);
        using var client = frontend.Connect();
        var before = 0L;
        for (var round = 0; round < Warm + Measured; round++)
        {
            client.Send(frame);
            Assert.NotNull(client.Receive());
            if (round == Warm)
                before = broker.AllocatedOnLoop;
        }
        Report(broker.AllocatedOnLoop - before);
    }

    private void Report(long bytes)
    {
        output.WriteLine($"{bytes} bytes in {Measured} requests");
        // A pool of the network layer may grow once; nothing may grow with the requests.
        Assert.True(bytes < Measured, $"{bytes} bytes in {Measured} requests");
    }
}
