using FsCheck.Fluent;
using FsCheck;
using FsCheck.Xunit;
using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka.Tests;

/// <summary>Fetch sessions (KIP-227) against a model that knows what the client was told.
/// </summary>
public sealed class FetchSessionTests
{
    private const short Version = 12;
    private const int PartitionCount = 6;

    /// <summary>Steps are numbers: which kind, and which partition.</summary>
    [Property(MaxTest = 40)]
    public Property SessionsAnswerWhatChangedAndNothingElse() =>
        Prop.ForAll(
            Gen.Choose(0, 999).ListOf().ToArbitrary(),
            steps => Run([.. steps]).GetAwaiter().GetResult());

    [Theory]
    [InlineData(0, 1)]
    [InlineData(41, 42)]
    [InlineData(int.MaxValue, 1)]
    public void AfterTheGreatestEpochComesOne(int epoch, int next) =>
        Assert.Equal(next, FetchSession.NextEpoch(epoch));

    [Fact]
    public void TheVictimIsTheIdleElseAnOldSmallerOne()
    {
        const long Old = Limits.FetchSessionEvictionMs + 1;
        var young = new FetchSession(1, false, nowMs: Old - 10);
        var old = new FetchSession(2, false, nowMs: 0);
        Assert.Same(old, FetchSessionCache.Victim([young, old], 5, Old));
        Assert.Null(FetchSessionCache.Victim([young], 5, Old));
        Assert.Null(FetchSessionCache.Victim([], 5, Old));
    }

    [Fact]
    public async Task AFullCacheGivesNoSessionButAnswers()
    {
        using var broker = new FakeBroker();
        var partitions = broker.Fakes.Add("a", 1);
        await using var frontend = await FrontendFixture.StartAsync(
            broker, new FrontendSettings(FetchSessionsMax: 2));
        using var client = frontend.Connect();
        var request = FetchCodecTests.Request(partitions[0], 0, 0);
        request.SessionEpoch = 0;
        var ids = Enumerable.Range(0, 3).Select(
            _ => client.Call<FetchRequest, FetchResponse>(request, Version).SessionId).ToList();
        Assert.Equal(2, ids.Count(id => id > 0));
        Assert.Equal(0, ids[2]);
    }

    [Fact]
    public async Task NamesAndIdsAreNotMixed()
    {
        using var broker = new FakeBroker();
        var partitions = broker.Fakes.Add("a", 1);
        await using var frontend = await FrontendFixture.StartAsync(broker);
        using var client = frontend.Connect();
        var request = FetchCodecTests.Request(partitions[0], 0, 0);
        request.SessionEpoch = 0;
        request.SessionId = client.Call<FetchRequest, FetchResponse>(request, 12).SessionId;
        request.SessionEpoch = 1;
        var response = client.Call<FetchRequest, FetchResponse>(request, 13);
        Assert.Equal((short)ErrorCode.FetchSessionTopicIdError, response.ErrorCode);
    }

    [Fact]
    public async Task APartitionWithDataGoesBehindTheOthers()
    {
        using var broker = new FakeBroker();
        var partitions = broker.Fakes.Add("a", 3);
        foreach (var partition in partitions)
            _ = partition.Append(TestBatches.Of("x"));
        await using var frontend = await FrontendFixture.StartAsync(broker);
        using var client = frontend.Connect();
        var request = FetchCodecTests.Request(partitions[0], 0, 0, 1, 2);
        request.SessionEpoch = 0;
        request.SessionId = client.Call<FetchRequest, FetchResponse>(request, Version).SessionId;
        request.Topics = [];
        request.MaxBytes = 1;
        var served = new List<int>();
        for (request.SessionEpoch = 1; request.SessionEpoch <= 6; request.SessionEpoch++)
        {
            var response = client.Call<FetchRequest, FetchResponse>(request, Version);
            served.Add(response.Responses[0].Partitions
                .Single(one => one.Records!.Length > 0).PartitionIndex);
        }
        Assert.Equal([0, 1, 2, 0, 1, 2], served);
    }

    private static async Task<bool> Run(int[] steps)
    {
        using var broker = new FakeBroker();
        var partitions = broker.Fakes.Add("a", PartitionCount);
        await using var frontend = await FrontendFixture.StartAsync(broker);
        using var client = frontend.Connect();
        var model = new SessionModel(client, partitions);
        model.Open();
        foreach (var step in steps)
            model.Step(step / 10 % 10, step % PartitionCount);
        return true;
    }
}
