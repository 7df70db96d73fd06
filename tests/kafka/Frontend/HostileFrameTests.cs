using System.Buffers.Binary;
using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka.Tests;

/// <summary>What no client sends: the connection closes with one line, others do not notice,
/// nothing is written and nothing is allocated by a claimed length.</summary>
public sealed class HostileFrameTests(ITestOutputHelper output)
{
    private const long AllocatedMax = 256 * 1024;

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(int.MaxValue)]
    [InlineData(Limits.RequestBytesMaxDefault + 1)]
    public async Task ASizeThatNoFrameHasCloses(int size)
    {
        using var broker = new FakeBroker();
        await using var frontend = await FrontendFixture.StartAsync(broker);
        using var client = frontend.Connect();
        var bytes = new byte[14];
        BinaryPrimitives.WriteInt32BigEndian(bytes, size);
        bytes[5] = 18;
        client.Send(bytes);
        Assert.True(client.IsClosed());
        Assert.Contains($"a frame of {size} bytes", Assert.Single(frontend.Log.Lines),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task AProduceThatIsCutAnywhereWritesNothing()
    {
        using var broker = new FakeBroker();
        var partitions = broker.Fakes.Add("a", 2);
        await using var frontend = await FrontendFixture.StartAsync(broker);
        var cuts = 0;
        foreach (var version in (short[])[3, 8, 9, 13])
        {
            var request = ProduceCodecTests.Request(1, ("a", partitions[0].TopicId, [0, 1]));
            cuts += AssertEveryCutCloses(frontend, WireClient.Frame(request, version));
        }
        output.WriteLine($"{cuts} cuts");
        Assert.Equal(0, partitions[0].EndOffset);
        Assert.Equal(0, partitions[1].EndOffset);
        Assert.Equal(cuts, frontend.Log.Lines.Count);
    }

    [Fact]
    public async Task AFetchThatIsCutAnywhereCloses()
    {
        using var broker = new FakeBroker();
        var partitions = broker.Fakes.Add("a", 2);
        await using var frontend = await FrontendFixture.StartAsync(broker);
        foreach (var version in (short[])[4, 7, 11, 12, 18])
        {
            var request = FetchCodecTests.Request(partitions[0], 0, 0, 1);
            _ = AssertEveryCutCloses(frontend, WireClient.Frame(request, version));
        }
    }

    [Fact]
    public async Task CountsThatAreClaimedAllocateNothing()
    {
        using var broker = new FakeBroker();
        var partitions = broker.Fakes.Add("a", 2);
        await using var frontend = await FrontendFixture.StartAsync(broker);
        using var witness = frontend.Connect();
        var probe = ProduceCodecTests.Request(1, ("a", partitions[0].TopicId, [0]));
        _ = witness.Call<ProduceRequest, ProduceResponse>(probe, 9);
        var before = broker.AllocatedOnLoop;
        var bodies = 0;
        foreach (var api in ApiTable.Served().All)
        {
            foreach (var version in (short[])[api.First, api.Last])
            {
                Send(frontend, api, version, [.. Enumerable.Repeat((byte)0x7f, 64)]);
                Send(frontend, api, version, [0x7f, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff]);
                Send(frontend, api, version, [.. Enumerable.Repeat((byte)0xff, 4), 0x07, 0, 0, 0]);
                bodies += 3;
            }
        }
        var response = witness.Call<ProduceRequest, ProduceResponse>(probe, 9);
        Assert.Equal(0, response.Responses[0].PartitionResponses[0].ErrorCode);
        var allocated = broker.AllocatedOnLoop - before;
        output.WriteLine($"{allocated} bytes for {bodies} hostile bodies, log lines included");
        Assert.True(allocated / bodies < AllocatedMax / 8);
    }

    [Fact]
    public async Task EveryRequestVectorIsAnsweredOrCloses()
    {
        using var broker = new FakeBroker();
        _ = broker.Fakes.Add("a", 1);
        await using var frontend = await FrontendFixture.StartAsync(broker);
        using var witness = frontend.Connect();
        var sent = 0;
        foreach (var vector in Vectors.Read("requests.jsonl.gz"))
        {
            if (ApiTable.Served().Find(vector.Int16("key")) is not { } api
                || NeedsMoreThanTheFake(api))
            {
                continue;
            }
            SendVector(frontend, [.. vector.Hex("header"), .. vector.Hex("body")]);
            sent++;
        }
        _ = witness.Call<ApiVersionsRequest, ApiVersionsResponse>(new(), 0);
        Assert.DoesNotContain(
            frontend.Log.Lines, line => line.Contains("bug", StringComparison.Ordinal));
        output.WriteLine($"{sent} requests");
        Assert.True(sent > 300);
    }

    private static void SendVector(FrontendFixture frontend, byte[] frame)
    {
        using var client = frontend.Connect();
        var size = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(size, frame.Length);
        client.Send(size);
        client.Send(frame);
    }

    // Groups and log directories throw in the fake: that is the fake's limit.
    private static bool NeedsMoreThanTheFake(Api api) =>
        api.Key is 35 or (>= 8 and <= 16) or 42 or 47;

    private static int AssertEveryCutCloses(FrontendFixture frontend, byte[] frame)
    {
        using var witness = frontend.Connect();
        for (var length = 12; length < frame.Length; length++)
        {
            using var client = frontend.Connect();
            var cut = frame[..length];
            BinaryPrimitives.WriteInt32BigEndian(cut, length - 4);
            client.Send(cut);
            Assert.True(client.IsClosed(), $"cut at {length} of {frame.Length}");
        }
        _ = witness.Call<ApiVersionsRequest, ApiVersionsResponse>(new(), 0);
        return frame.Length - 12;
    }

    private static void Send(FrontendFixture frontend, Api api, short version, byte[] body)
    {
        using var client = frontend.Connect();
        client.Send(RawFrames.Of(
            api.Key, version, [(byte)'h'], api.IsFlexible(version), body));
        client.Socket.Shutdown(System.Net.Sockets.SocketShutdown.Send);
        while (client.Receive() is not null)
        {
        }
    }
}
