using Microsoft.Extensions.Logging;
using Teralog.Abstractions;

namespace Teralog.Broker.Groups;

/// <summary>
/// The group coordinator: sends every call to the shard that owns the group. The internal topic is
/// made when a client first looks for a coordinator; its partitions are loaded on pool threads,
/// and answer <see cref="BrokerError.CoordinatorLoading"/> until they are.
/// </summary>
internal sealed partial class GroupCoordinator : IGroups, IDisposable
{
    private readonly GroupRuntime _runtime;
    private readonly IClusterView _cluster;
    private readonly ITopics _topics;
    private readonly Lock _gate = new();
    private readonly ITimer _upkeep;
    private GroupShard[] _shards = [];
    private Task<BrokerError>? _creation;

    public GroupCoordinator(GroupRuntime runtime, IClusterView cluster, ITopics topics)
    {
        _runtime = runtime;
        _cluster = cluster;
        _topics = topics;
        var every = TimeSpan.FromMilliseconds(runtime.Settings().OffsetsRetentionCheckMs);
        _upkeep = runtime.Time.CreateTimer(
            static self => ((GroupCoordinator)self!).ExpireOffsets(), this, every, every);
    }

    /// <summary>A coordinator over the broker's own partitions, which can be read by now: it
    /// loads what there is, and hears of topics that are deleted.</summary>
    public static GroupCoordinator Start(
        BrokerConfigs configs, IClusterView cluster, TopicRegistry topics, CodecTable codecs,
        TimeProvider clock, ILogger logger)
    {
        var settings = GroupSettings.Of(configs);
        var log = new PartitionGroupLog(topics, codecs);
        var coordinator = new GroupCoordinator(
            new GroupRuntime(log, clock, Guid.NewGuid, () => settings, logger), cluster, topics);
        topics.TopicDeleted += topic => coordinator.OnTopicDeleted(topic.Name);
        coordinator.Start();
        return coordinator;
    }

    /// <summary>Loads what there is. Called once, when partitions can be read.</summary>
    public void Start() => OpenShards();

    /// <summary>Writes tombstones for the offsets of a deleted topic, in all groups.</summary>
    public void OnTopicDeleted(string topic)
    {
        foreach (var shard in Volatile.Read(ref _shards))
            shard.ForEach((group, step) => group.ForgetTopic(topic, step));
    }

    private bool IsGone(CommittedEntry entry) =>
        entry.TopicId != Guid.Empty && _topics.Find(entry.TopicId) is null;

    /// <summary>Writes tombstones for offsets and groups that have outlived their time, and for
    /// offsets of topics whose deletion a crash cut short.</summary>
    public void ExpireOffsets()
    {
        foreach (var shard in Volatile.Read(ref _shards))
        {
            shard.ForEach((group, step) =>
            {
                group.Forget(IsGone, step);
                group.Expire(step);
            });
        }
    }

    /// <summary>Answers everybody who waits; every later call is refused.</summary>
    public void Stop()
    {
        foreach (var shard in Volatile.Read(ref _shards))
            shard.Close(BrokerError.NotCoordinator);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stop();
        _upkeep.Dispose();
        _runtime.Deadlines.Dispose();
    }

    /// <inheritdoc/>
    public CoordinatorResult FindCoordinator(
        CoordinatorKind kind, string key, string listenerName)
    {
        if (kind == CoordinatorKind.Group && !IsTopicThere())
            return new CoordinatorResult(
                BrokerError.CoordinatorNotAvailable,
                $"{TopicNames.ConsumerOffsets} is being created.", null);
        var self = _cluster.Brokers(listenerName)
            .FirstOrDefault(broker => broker.NodeId == _cluster.NodeId);
        return self is null
            ? new CoordinatorResult(
                BrokerError.CoordinatorNotAvailable, "This listener has no address.", null)
            : new CoordinatorResult(BrokerError.None, null, self);
    }

    // One creation at a time; a failed one is tried again by the next who asks.
    private bool IsTopicThere()
    {
        lock (_gate)
        {
            if (_shards.Length == 0 && _creation is null or { IsCompleted: true })
                _creation = CreateAndOpenAsync();
            return _shards.Length > 0;
        }
    }

    private async Task<BrokerError> CreateAndOpenAsync()
    {
        var error = await _runtime.Log.CreateAsync(CancellationToken.None).ConfigureAwait(false);
        if (error is BrokerError.None or BrokerError.TopicAlreadyExists)
            OpenShards();
        else
            GroupLogMessages.CreateFailed(_runtime.Logger, error);
        return error;
    }

    private void OpenShards()
    {
        GroupShard[] shards;
        lock (_gate)
        {
            if (_shards.Length > 0)
                return;
            shards = [.. Enumerable.Range(0, _runtime.Log.PartitionCount)
                .Select(partition => new GroupShard(partition, _runtime))];
            Volatile.Write(ref _shards, shards);
        }

        foreach (var shard in shards)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                static work => ShardLoader.Load(work.shard, work.runtime),
                (shard, runtime: _runtime), preferLocal: false);
        }
    }

    private GroupShard? ShardOf(string groupId)
    {
        var shards = Volatile.Read(ref _shards);
        return shards.Length == 0
            ? null
            : shards[GroupHash.PartitionOf(groupId, shards.Length)];
    }
}
