using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka.Tests;

/// <summary>A client with a fetch session, and what it must have been told.</summary>
internal sealed class SessionModel(WireClient client, FakePartition[] partitions)
{
    private const short Version = 12;

    // By partition: the offset asked for, and the high watermark told last (-1 for none).
    private readonly Dictionary<int, (long Offset, long Told)> _session = [];
    private int _id;
    private int _epoch;

    public void Open()
    {
        var request = Request(epoch: 0, [0, 1]);
        var response = client.Call<FetchRequest, FetchResponse>(request, Version);
        Assert.Equal(0, response.ErrorCode);
        Assert.Equal([0, 1], Told(response));
        Assert.NotEqual(0, response.SessionId);
        _session.Clear();
        foreach (var index in (int[])[0, 1])
            _session[index] = (0, partitions[index].EndOffset);
        (_id, _epoch) = (response.SessionId, 1);
    }

    public void Step(int kind, int partition)
    {
        if (kind <= 1)
            _ = partitions[partition].Append(TestBatches.Of("x"));
        else if (kind <= 4)
            Fetch([], forget: null);
        else if (kind == 5)
            Fetch([partition], forget: null);
        else if (kind == 6)
            Fetch([], forget: partition);
        else if (kind == 7)
            Refused(_id, _epoch + 1, ErrorCode.InvalidFetchSessionEpoch);
        else if (kind == 8)
            Refused(_id == 5 ? 6 : 5, _epoch, ErrorCode.FetchSessionIdNotFound);
        else
            Open();
    }

    private void Fetch(int[] moved, int? forget)
    {
        foreach (var index in moved)
        {
            var told = _session.TryGetValue(index, out var known) ? known.Told : -1;
            _session[index] = (partitions[index].EndOffset, told);
        }
        if (forget is { } gone)
            _ = _session.Remove(gone);
        var request = Request(_epoch, moved);
        if (forget is { } one)
            request.ForgottenTopicsData = [new() { Topic = "a", Partitions = [one] }];
        var response = client.Call<FetchRequest, FetchResponse>(request, Version);
        Assert.Equal(0, response.ErrorCode);
        if (_session.Count == 0)
        {
            // An empty session is closed; the client begins anew.
            Assert.Equal(0, response.SessionId);
            Open();
            return;
        }
        Assert.Equal(_id, response.SessionId);
        Assert.Equal(Expected(), Told(response));
        foreach (var (index, (offset, _)) in _session)
            _session[index] = (offset, partitions[index].EndOffset);
        _epoch++;
    }

    private void Refused(int id, int epoch, ErrorCode expected)
    {
        var request = Request(epoch, []);
        request.SessionId = id;
        var response = client.Call<FetchRequest, FetchResponse>(request, Version);
        Assert.Equal((short)expected, response.ErrorCode);
        Assert.Empty(response.Responses);
        Assert.Equal(0, response.SessionId);
    }

    private IEnumerable<int> Expected() => _session
        .Where(one => partitions[one.Key].EndOffset > one.Value.Offset
            || partitions[one.Key].EndOffset != one.Value.Told)
        .Select(one => one.Key)
        .Order();

    private static IEnumerable<int> Told(FetchResponse response) =>
        response.Responses.SelectMany(topic => topic.Partitions)
            .Select(partition => partition.PartitionIndex).Order();

    private FetchRequest Request(int epoch, int[] moved) => new()
    {
        SessionId = _id,
        SessionEpoch = epoch,
        Topics = moved.Length == 0 ? [] :
        [
            new()
            {
                Topic = "a",
                Partitions = [.. moved.Select(index => new FetchRequest.FetchPartition
                {
                    Partition = index,
                    FetchOffset = epoch == 0 ? 0 : partitions[index].EndOffset,
                    PartitionMaxBytes = 1 << 20,
                })],
            },
        ],
    };
}
