using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka.Tests;

/// <summary>The hand walker reads what the generated writer wrote, and the generated reader reads
/// what the hand writer wrote, in every version.</summary>
public sealed class ProduceCodecTests
{
    public static TheoryData<short> Versions => [.. Enumerable.Range(3, 11).Select(v => (short)v)];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task EveryVersionAppendsAndAnswers(short version)
    {
        using var broker = new FakeBroker();
        var partitions = broker.Fakes.Add("a", 2);
        var other = broker.Fakes.Add("b-topic", 1);
        await using var frontend = await FrontendFixture.StartAsync(broker);
        using var client = frontend.Connect();
        var request = Request(1, ("a", partitions[0].TopicId, [0, 1, 9]),
            ("b-topic", other[0].TopicId, [0]), ("none", Guid.NewGuid(), [0]));
        var response = client.Call<ProduceRequest, ProduceResponse>(request, version);
        Assert.Equal(3, response.Responses.Count);
        var first = response.Responses[0];
        if (version < 13)
            Assert.Equal("a", first.Name);
        else
            Assert.Equal(partitions[0].TopicId, first.TopicId);
        Assert.Equal([0, 1, 9], first.PartitionResponses.Select(one => one.Index));
        Assert.Equal([0, 0, 3], first.PartitionResponses.Select(one => (int)one.ErrorCode));
        Assert.Equal([0, 0, -1], first.PartitionResponses.Select(one => one.BaseOffset));
        if (version >= 5)
            Assert.Equal(0, first.PartitionResponses[0].LogStartOffset);
        Assert.Equal(0, response.Responses[1].PartitionResponses[0].ErrorCode);
        Assert.Equal(
            version < 13 ? 3 : 100, response.Responses[2].PartitionResponses[0].ErrorCode);
        Assert.Equal(2, partitions[0].EndOffset);
        Assert.Equal(2, other[0].EndOffset);
    }

    [Theory]
    [InlineData(2, (short)ErrorCode.InvalidRequiredAcks)]
    [InlineData(-2, (short)ErrorCode.InvalidRequiredAcks)]
    [InlineData(1, (short)ErrorCode.UnsupportedVersion)]
    public async Task WhatIsRefusedIsNotAppended(short acks, short expected)
    {
        using var broker = new FakeBroker();
        var partitions = broker.Fakes.Add("a", 1);
        await using var frontend = await FrontendFixture.StartAsync(broker);
        using var client = frontend.Connect();
        var request = Request(acks, ("a", partitions[0].TopicId, [0]));
        request.TransactionalId = acks == 1 ? "t" : null;
        var response = client.Call<ProduceRequest, ProduceResponse>(request, 11);
        Assert.Equal(expected, response.Responses[0].PartitionResponses[0].ErrorCode);
        Assert.Equal(0, partitions[0].EndOffset);
    }

    [Fact]
    public async Task NullRecordsAreAnInvalidRecord()
    {
        using var broker = new FakeBroker();
        var partitions = broker.Fakes.Add("a", 1);
        await using var frontend = await FrontendFixture.StartAsync(broker);
        using var client = frontend.Connect();
        var request = Request(1, ("a", partitions[0].TopicId, [0]));
        request.TopicData[0].PartitionData[0].Records = null;
        var response = client.Call<ProduceRequest, ProduceResponse>(request, 9);
        Assert.Equal(
            (short)ErrorCode.InvalidRecord, response.Responses[0].PartitionResponses[0].ErrorCode);
    }

    [Fact]
    public async Task Acks0IsNotAnsweredAndItsFailureCloses()
    {
        using var broker = new FakeBroker();
        var partitions = broker.Fakes.Add("a", 1);
        await using var frontend = await FrontendFixture.StartAsync(broker);
        using var client = frontend.Connect();
        client.Send(WireClient.Frame(Request(0, ("a", partitions[0].TopicId, [0])), 9));
        _ = client.Call<ApiVersionsRequest, ApiVersionsResponse>(new(), 0);
        Assert.Equal(2, partitions[0].EndOffset);
        client.Send(WireClient.Frame(Request(0, ("a", partitions[0].TopicId, [7])), 9));
        Assert.True(client.IsClosed());
        _ = Assert.Single(frontend.Log.Lines);
    }

    internal static ProduceRequest Request(
        short acks, params (string Name, Guid Id, int[] Partitions)[] topics) => new()
        {
            Acks = acks,
            TimeoutMs = 1000,
            TopicData = [.. topics.Select(topic => new ProduceRequest.TopicProduceData
            {
                Name = topic.Name,
                TopicId = topic.Id,
                PartitionData = [.. topic.Partitions.Select(
                    index => new ProduceRequest.PartitionProduceData
                    {
                        Index = index,
                        Records = TestBatches.Of("one", "two"),
                    })],
            })],
        };
}
