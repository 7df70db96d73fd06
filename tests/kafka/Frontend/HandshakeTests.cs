using System.Text;
using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka.Tests;

/// <summary>The rules of the handshake that break clients when missed (wire.md 1.1).</summary>
public sealed class HandshakeTests
{
    [Fact]
    public async Task Rule1UnknownApiVersionsVersionIsAnsweredInVersion0WithItsOwnRange()
    {
        using var broker = new FakeBroker();
        await using var frontend = await FrontendFixture.StartAsync(broker);
        using var client = frontend.Connect();
        foreach (var version in (short[])[5, 99, short.MaxValue, -1])
        {
            client.Send(Raw(18, version, flexible: version > 0, body: [0xff, 0xff, 0xff]));
            var response = WireClient.Decode<ApiVersionsResponse>(client.Receive(), 0);
            Assert.Equal((short)ErrorCode.UnsupportedVersion, response.ErrorCode);
            var own = Assert.Single(response.ApiKeys);
            Assert.Equal((18, 0, 4), ((int)own.ApiKey, own.MinVersion, own.MaxVersion));
        }
    }

    [Fact]
    public async Task Rule2ApiVersionsResponseHeaderIsAlwaysVersion0()
    {
        using var broker = new FakeBroker();
        await using var frontend = await FrontendFixture.StartAsync(broker);
        using var client = frontend.Connect();
        for (short version = 0; version <= 4; version++)
        {
            var request = new ApiVersionsRequest
            {
                ClientSoftwareName = "test",
                ClientSoftwareVersion = "1.0",
            };
            client.Send(WireClient.Frame(request, version));
            var frame = client.Receive()!;
            // Right behind the correlation id: the error code, no count of tagged fields.
            Assert.Equal(0, frame[4]);
            Assert.Equal(0, frame[5]);
            var response = WireClient.Decode<ApiVersionsResponse>(frame, version);
            Assert.True(response.ApiKeys.Count > 15);
            Assert.Empty(response.FinalizedFeatures);
        }
    }

    [Fact]
    public async Task Rule3ProduceIsAdvertisedFrom0AndServedFrom3()
    {
        using var broker = new FakeBroker();
        await using var frontend = await FrontendFixture.StartAsync(broker);
        Assert.Equal((0, 13), await RangeOf(frontend, 0));
        for (short version = 0; version < 3; version++)
        {
            using var client = frontend.Connect();
            client.Send(Raw(0, version, flexible: false, body: new byte[10]));
            Assert.True(client.IsClosed());
        }
    }

    [Fact]
    public async Task Rule4JoinGroupIsAdvertisedFrom0()
    {
        using var broker = new FakeBroker();
        await using var frontend = await FrontendFixture.StartAsync(broker);
        Assert.Equal((0, 9), await RangeOf(frontend, 11));
    }

    [Fact]
    public async Task Rule9MetadataNeverAsksForANewBootstrap()
    {
        using var broker = new FakeBroker();
        await using var frontend = await FrontendFixture.StartAsync(broker);
        using var client = frontend.Connect();
        var response = client.Call<MetadataRequest, MetadataResponse>(new(), 13);
        Assert.Equal(0, response.ErrorCode);
        Assert.Equal(frontend.Endpoint.Port, Assert.Single(response.Brokers).Port);
    }

    [Fact]
    public async Task Rule5CodecsAreNotSwitchedOffByTheRanges()
    {
        using var broker = new FakeBroker();
        await using var frontend = await FrontendFixture.StartAsync(broker);
        Assert.True((await RangeOf(frontend, 0)).Last >= 7);
        Assert.True((await RangeOf(frontend, 1)).Last >= 10);
        Assert.Equal((0, 6), await RangeOf(frontend, 10)); // LZ4 needs FindCoordinator.
    }

    [Fact]
    public async Task Rule6TheOnlyVersionsOfLibrdkafkaAreServed()
    {
        using var broker = new FakeBroker();
        await using var frontend = await FrontendFixture.StartAsync(broker);
        var (first, last) = await RangeOf(frontend, 23);
        Assert.True(first <= 2 && last >= 2);
    }

    [Fact]
    public async Task Rule7NoFeatureIsFinalized()
    {
        using var broker = new FakeBroker();
        await using var frontend = await FrontendFixture.StartAsync(broker);
        using var client = frontend.Connect();
        var response = client.Call<ApiVersionsRequest, ApiVersionsResponse>(
            new() { ClientSoftwareName = "a", ClientSoftwareVersion = "1" }, 4);
        Assert.Empty(response.SupportedFeatures);
        Assert.Empty(response.FinalizedFeatures);
        Assert.Equal(-1, response.FinalizedFeaturesEpoch);
        Assert.False(response.ZkMigrationReady);
    }

    [Fact]
    public async Task Rule8InitProducerIdIsServed()
    {
        using var broker = new FakeBroker();
        await using var frontend = await FrontendFixture.StartAsync(broker);
        using var client = frontend.Connect();
        var response = client.Call<InitProducerIdRequest, InitProducerIdResponse>(
            new() { TransactionalId = null }, 4);
        Assert.Equal((0, 4001L), ((int)response.ErrorCode, response.ProducerId));
        var refused = client.Call<InitProducerIdRequest, InitProducerIdResponse>(
            new() { TransactionalId = "t" }, 4);
        Assert.Equal((short)ErrorCode.UnsupportedVersion, refused.ErrorCode);
    }

    [Fact]
    public async Task Rule10TheOldVersionsOfTheBaselineAreServed()
    {
        using var broker = new FakeBroker();
        await using var frontend = await FrontendFixture.StartAsync(broker);
        Assert.Equal(4, (await RangeOf(frontend, 1)).First);
        Assert.Equal(0, (await RangeOf(frontend, 3)).First);
    }

    [Theory]
    [InlineData("", "1")]
    [InlineData("name", "")]
    [InlineData("-name", "1")]
    [InlineData("na me", "1")]
    [InlineData("name", "1.")]
    public async Task ABadSoftwareNameIsAnInvalidRequest(string name, string version)
    {
        using var broker = new FakeBroker();
        await using var frontend = await FrontendFixture.StartAsync(broker);
        using var client = frontend.Connect();
        var response = client.Call<ApiVersionsRequest, ApiVersionsResponse>(
            new() { ClientSoftwareName = name, ClientSoftwareVersion = version }, 3);
        Assert.Equal((short)ErrorCode.InvalidRequest, response.ErrorCode);
    }

    [Theory]
    [InlineData(3, 99)]
    [InlineData(999, 0)]
    [InlineData(-1, 0)]
    [InlineData(4, 0)]
    [InlineData(52, 0)]
    [InlineData(1, 3)]
    public async Task AnUnknownKeyOrVersionClosesWithOneLine(short key, short version)
    {
        using var broker = new FakeBroker();
        await using var frontend = await FrontendFixture.StartAsync(broker);
        using var client = frontend.Connect();
        client.Send(Raw(key, version, flexible: false, body: new byte[8]));
        Assert.True(client.IsClosed());
        var line = Assert.Single(frontend.Log.Lines);
        var port = ((System.Net.IPEndPoint)client.Socket.LocalEndPoint!).Port;
        Assert.Contains($"127.0.0.1:{port} ", line, StringComparison.Ordinal);
        Assert.Contains("'c'", line, StringComparison.Ordinal);
        Assert.Contains($"version {version}", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EveryServedRangeLiesWithinItsMessages()
    {
        using var broker = new FakeBroker();
        await using var frontend = await FrontendFixture.StartAsync(broker);
        foreach (var api in ApiTable.Served().All)
        {
            Assert.True(api.AdvertisedFirst <= api.First && api.First <= api.Last, api.Name);
            Assert.Equal((api.AdvertisedFirst, api.Last), await RangeOf(frontend, api.Key));
        }
    }

    private static byte[] Raw(short key, short version, bool flexible, byte[] body) =>
        RawFrames.Of(key, version, Encoding.UTF8.GetBytes("c"), flexible, body);

    private static async Task<(int First, int Last)> RangeOf(FrontendFixture frontend, short key)
    {
        await Task.CompletedTask;
        using var client = frontend.Connect();
        var response = client.Call<ApiVersionsRequest, ApiVersionsResponse>(new(), 0);
        var range = response.ApiKeys.Single(one => one.ApiKey == key);
        return (range.MinVersion, range.MaxVersion);
    }
}
