using Teralog.Records;

namespace Teralog.Protocol.Kafka;

/// <summary>All served APIs by key. What ApiVersions answers comes from here: an API that has no
/// line below is not advertised and closes the connection.</summary>
internal sealed class ApiTable
{
    private readonly Api?[] _byKey;

    private ApiTable(IReadOnlyList<Api> apis)
    {
        All = [.. apis.OrderBy(api => api.Key)];
        _byKey = new Api?[All[^1].Key + 1];
        foreach (var api in All)
        {
            Invariant.That(_byKey[api.Key] is null);
            _byKey[api.Key] = api;
        }
    }

    /// <summary>By key.</summary>
    public IReadOnlyList<Api> All { get; }

    public Api? Find(short key) => (uint)key < (uint)_byKey.Length ? _byKey[key] : null;

    public static ApiTable Served() => new(
    [
        new ProduceApi(),
        new FetchApi(),
        new ListOffsetsApi(),
        new MetadataApi(),
        new OffsetCommitApi(),
        new OffsetFetchApi(),
        new FindCoordinatorApi(),
        new JoinGroupApi(),
        new HeartbeatApi(),
        new LeaveGroupApi(),
        new SyncGroupApi(),
        new DescribeGroupsApi(),
        new ListGroupsApi(),
        new SaslHandshakeApi(),
        new ApiVersionsApi(),
        new CreateTopicsApi(),
        new DeleteTopicsApi(),
        new DeleteRecordsApi(),
        new InitProducerIdApi(),
        new OffsetForLeaderEpochApi(),
        new DescribeConfigsApi(),
        new AlterConfigsApi(),
        new DescribeLogDirsApi(),
        new CreatePartitionsApi(),
        new DeleteGroupsApi(),
        new IncrementalAlterConfigsApi(),
        new OffsetDeleteApi(),
        new DescribeClusterApi(),
        new DescribeTopicPartitionsApi(),
    ]);
}
