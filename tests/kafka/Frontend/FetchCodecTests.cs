using Teralog.Protocol.Kafka.Messages;
using Teralog.Records;

namespace Teralog.Protocol.Kafka.Tests;

/// <summary>Fetch in every version, against the generated messages.</summary>
public sealed class FetchCodecTests
{
    public static TheoryData<short> Versions => [.. Enumerable.Range(4, 15).Select(v => (short)v)];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task EveryVersionGivesTheBytesOfTheLog(short version)
    {
        using var broker = new FakeBroker();
        var partitions = broker.Fakes.Add("a", 2);
        for (var round = 0; round < 3; round++)
            _ = partitions[1].Append(TestBatches.Of("one", "two"));
        await using var frontend = await FrontendFixture.StartAsync(broker);
        using var client = frontend.Connect();
        var request = Request(partitions[0], 0, 0, 1, 7);
        request.IsolationLevel = 1;
        var response = client.Call<FetchRequest, FetchResponse>(request, version);
        var topic = Assert.Single(response.Responses);
        Assert.Equal([0, 1, 7], topic.Partitions.Select(one => one.PartitionIndex));
        Assert.Equal([0, 0, 3], topic.Partitions.Select(one => (int)one.ErrorCode));
        Assert.Equal([0, 6, -1], topic.Partitions.Select(one => one.HighWatermark));
        Assert.Equal([0, 6, -1], topic.Partitions.Select(one => one.LastStableOffset));
        Assert.Equal(7, topic.Partitions[1].AbortedTransactions![0].ProducerId);
        Assert.Empty(topic.Partitions[0].Records!);
        Assert.Equal([0, 2, 4], BaseOffsets(topic.Partitions[1].Records!));
        Deadline.Until(() => partitions[1].LeasesOut == 0);
    }

    [Fact]
    public async Task AnUnknownTopicIdSaysSo()
    {
        using var broker = new FakeBroker();
        await using var frontend = await FrontendFixture.StartAsync(broker);
        using var client = frontend.Connect();
        using var stranger = new FakePartition("x", Guid.NewGuid(), 0);
        var response = client.Call<FetchRequest, FetchResponse>(Request(stranger, 0, 0), 13);
        Assert.Equal(
            (short)ErrorCode.UnknownTopicId, response.Responses[0].Partitions[0].ErrorCode);
    }

    [Fact]
    public async Task TheFirstPartitionWithDataMayPassTheLimitAndNoOther()
    {
        using var broker = new FakeBroker();
        var partitions = broker.Fakes.Add("a", 3);
        _ = partitions[1].Append(TestBatches.Of("one"));
        _ = partitions[2].Append(TestBatches.Of("two"));
        await using var frontend = await FrontendFixture.StartAsync(broker);
        using var client = frontend.Connect();
        var request = Request(partitions[0], 0, 0, 1, 2);
        request.MaxBytes = 1;
        var response = client.Call<FetchRequest, FetchResponse>(request, 11);
        Assert.Equal(
            [false, true, false],
            response.Responses[0].Partitions.Select(one => one.Records!.Length > 0));
    }

    [Theory]
    [InlineData(9, (short)ErrorCode.UnsupportedCompressionType)]
    [InlineData(10, (short)ErrorCode.None)]
    public async Task AZstdTopicIsForVersion10(short version, short expected)
    {
        using var broker = new FakeBroker();
        var partitions = broker.Fakes.Add("zstd", 1);
        await using var frontend = await FrontendFixture.StartAsync(broker);
        using var client = frontend.Connect();
        var response = client.Call<FetchRequest, FetchResponse>(
            Request(partitions[0], 0, 0), version);
        Assert.Equal(expected, response.Responses[0].Partitions[0].ErrorCode);
    }

    [Fact]
    public async Task AParkedFetchIsWokenByAnAppend()
    {
        using var broker = new FakeBroker();
        var partitions = broker.Fakes.Add("a", 1);
        await using var frontend = await FrontendFixture.StartAsync(broker);
        using var client = frontend.Connect();
        using var producer = frontend.Connect();
        client.Send(WireClient.Frame(Request(partitions[0], 60_000, 0), 12));
        Deadline.Until(() => broker.WatchCount == 1);
        _ = producer.Call<ProduceRequest, ProduceResponse>(
            ProduceCodecTests.Request(1, ("a", partitions[0].TopicId, [0])), 9);
        var response = WireClient.Decode<FetchResponse>(client.Receive(), 12);
        Assert.Equal([0], BaseOffsets(response.Responses[0].Partitions[0].Records!));
        Assert.Equal(0, broker.WatchCount);
    }

    [Fact]
    public async Task AParkedFetchEndsAtItsTime()
    {
        using var broker = new FakeBroker();
        var partitions = broker.Fakes.Add("a", 1);
        await using var frontend = await FrontendFixture.StartAsync(broker);
        using var client = frontend.Connect();
        client.Send(WireClient.Frame(Request(partitions[0], 50, 0), 12));
        var response = WireClient.Decode<FetchResponse>(client.Receive(), 12);
        Assert.Empty(response.Responses[0].Partitions[0].Records!);
        Assert.Equal(0, broker.WatchCount);
    }

    [Fact]
    public async Task AParkedFetchOfAClosedConnectionLeavesNothing()
    {
        using var broker = new FakeBroker();
        var partitions = broker.Fakes.Add("a", 1);
        await using var frontend = await FrontendFixture.StartAsync(broker);
        using (var client = frontend.Connect())
        {
            client.Send(WireClient.Frame(Request(partitions[0], 600_000, 0), 12));
            Deadline.Until(() => broker.WatchCount == 1);
        }
        Deadline.Until(() => broker.WatchCount == 0);
    }

    internal static FetchRequest Request(
        FakePartition partition, int maxWaitMs, params int[] indexes) => new()
        {
            MaxWaitMs = maxWaitMs,
            MinBytes = 1,
            SessionEpoch = -1,
            Topics =
            [
                new()
                {
                    Topic = partition.Topic,
                    TopicId = partition.TopicId,
                    Partitions = [.. indexes.Select(index => new FetchRequest.FetchPartition
                    {
                        Partition = index,
                        PartitionMaxBytes = 1 << 20,
                    })],
                },
            ],
        };

    internal static List<long> BaseOffsets(byte[] records)
    {
        var offsets = new List<long>();
        var batches = new BatchEnumerator(records);
        while (batches.MoveNext())
            offsets.Add(batches.Current.BaseOffset);
        Assert.False(batches.IsMalformed);
        return offsets;
    }
}
