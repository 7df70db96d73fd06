using Microsoft.Extensions.Logging;
using Teralog.Abstractions;
using Teralog.Metadata;
using Teralog.Storage;

namespace Teralog.Broker;

/// <summary>
/// The one owner of topics. Readers take an immutable snapshot, without a lock; changes are jobs of
/// the admin thread, one after the other: first the metadata store (compare-and-set, durable), then
/// the files, then the snapshot. A crash in between is finished at the next start.
/// </summary>
internal sealed partial class TopicRegistry(
    IMetadataStore store, BrokerConfigs configs, PartitionOpener opener, WorkQueue admin,
    int replicasMax, ILogger logger) : ITopics
{
    private static readonly CreateTopicResult Refused = new(
        BrokerError.BrokerNotAvailable, "The broker stops.", Topic: null, Configs: null);

    private static readonly ParallelOptions CreationOptions = new()
    {
        MaxDegreeOfParallelism = Limits.LogCreationsMax,
    };

    private volatile TopicSnapshot _snapshot = TopicSnapshot.Empty;

    /// <summary>Raised on the admin thread after a topic is gone.</summary>
    internal event Action<TopicIdentity>? TopicDeleted;

    internal TopicSnapshot Snapshot => _snapshot;

    /// <inheritdoc/>
    public IReadOnlyList<TopicView> List() => _snapshot.Views;

    /// <inheritdoc/>
    public TopicView? Find(string name) => _snapshot.Find(name)?.View;

    /// <inheritdoc/>
    public TopicView? Find(Guid topicId) => _snapshot.Find(topicId)?.View;

    /// <inheritdoc/>
    public ValueTask<CreateTopicResult> CreateAsync(
        NewTopic topic, bool validateOnly, CancellationToken cancellationToken) =>
        admin.RunAsync(() => Create(topic, validateOnly), Refused, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<CreateTopicResult> AutoCreateAsync(
        string name, CancellationToken cancellationToken)
    {
        bool isInternal = TopicNames.IsInternal(name);
        if (_snapshot.Find(name) is { } present)
            return ValueTask.FromResult(Answer(present));
        if (TopicNames.Check(name) is { } invalid)
            return ValueTask.FromResult(Failed(new(BrokerError.InvalidTopic, invalid)));
        if (!isInternal && !configs.GetBoolean("auto.create.topics.enable"))
            return ValueTask.FromResult(Failed(new(BrokerError.UnknownTopicOrPartition, null)));

        NewTopic topic = isInternal
            ? InternalTopics.Describe(name, configs, replicasMax)
            : new NewTopic(name, -1, -1, Assignments: null, Configs: []);
        return admin.RunAsync(
            () => _snapshot.Find(name) is { } found ? Answer(found) : Create(topic, false),
            Refused, cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<TopicResult> CreatePartitionsAsync(
        string name, int totalCount, IReadOnlyList<IReadOnlyList<int>>? assignments,
        bool validateOnly, CancellationToken cancellationToken) => admin.RunAsync(
            () => Grow(name, totalCount, assignments, validateOnly),
            new TopicResult(Refused.Error, Refused.Message), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<TopicResult> DeleteAsync(string name, CancellationToken cancellationToken) =>
        admin.RunAsync(
            () => Delete(name), new TopicResult(Refused.Error, Refused.Message), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<DeleteRecordsResult> DeleteRecordsAsync(
        PartitionHandle partition, long offset, CancellationToken cancellationToken) =>
        admin.RunAsync(
            () => ((Partition)partition).DeleteRecords(offset),
            new DeleteRecordsResult(Refused.Error, -1), cancellationToken);

    /// <summary>At start: what was found.</summary>
    internal void Load(IEnumerable<TopicState> topics) => _snapshot = TopicSnapshot.Of(topics);

    /// <summary>On the admin thread: new settings of one topic.</summary>
    internal void Apply(string name, TopicSettings settings)
    {
        if (_snapshot.Find(name) is not { } topic)
            return;

        _snapshot = _snapshot.With(topic.With(settings));
        foreach (Partition partition in topic.Partitions)
            partition.UpdateSettings(settings);
    }

    /// <summary>On the admin thread: the broker's defaults changed.</summary>
    internal void ApplyDefaults()
    {
        foreach (TopicState topic in _snapshot.All.ToArray())
            Apply(topic.Identity.Name, TopicSettings.Resolve(topic.Settings.Entries, configs));
    }

    private CreateTopicResult Create(NewTopic topic, bool validateOnly)
    {
        TopicResult checkedName = CheckNewName(topic.Name);
        if (checkedName.Error != BrokerError.None)
            return Failed(checkedName);

        TopicResult placed = TopicRules.Place(
            topic, configs.GetInt("num.partitions"), configs.GetInt("default.replication.factor"),
            replicasMax, configs.Settings.NodeId, out int[][] replicas);
        if (placed.Error != BrokerError.None)
            return Failed(placed);

        TopicResult configured = ConfigChanges.Replace(
            ConfigRegistry.Topics, "topic", topic.Configs,
            out IReadOnlyDictionary<string, string> entries);
        if (configured.Error != BrokerError.None)
            return Failed(configured);

        TopicSettings settings = TopicSettings.Resolve(entries, configs);
        var identity = new TopicIdentity(
            topic.Name, TopicIds.Create(), TopicNames.IsInternal(topic.Name));
        if (validateOnly)
        {
            return new(
                BrokerError.None, null,
                TopicState.MakeView(identity with { Id = Guid.Empty }, replicas, _ => 0),
                DescribeConfigs(entries));
        }

        return CreateChecked(identity, replicas, settings);
    }

    private CreateTopicResult CreateChecked(
        TopicIdentity identity, int[][] replicas, TopicSettings settings)
    {
        string key = MetadataKeys.Topic(identity.Name);
        MetadataTransaction change = new MetadataTransaction()
            .RequireAbsent(key)
            .Put(key, MetadataCommits.ToJson(new TopicRecord(identity.Id, replicas)));
        if (settings.Entries.Count > 0)
            change.PutEntries(MetadataKeys.TopicConfig(identity.Id), settings.Entries);
        TopicResult committed = store.CommitNow(change);
        if (committed.Error != BrokerError.None)
            return Failed(committed);

        var partitions = new List<Partition>(replicas.Length);
        string? failure = CreateLogs(identity, replicas.Length, settings, partitions);
        if (failure is not null)
        {
            store.CommitNow(new MetadataTransaction()
                .Delete(key).Delete(MetadataKeys.TopicConfig(identity.Id)));
            DeleteFiles(partitions);
            return Failed(new(BrokerError.StorageFailed, failure));
        }

        var topic = new TopicState(identity, replicas, [.. partitions], settings);
        _snapshot = _snapshot.With(topic);
        logger.LogInformation(
            "Created topic {Topic} with {Partitions} partition(s).", identity.Name,
            replicas.Length);
        return Answer(topic);
    }

    // Side by side: each log costs a handful of syncs, which the disk takes together.
    private string? CreateLogs(
        TopicIdentity identity, int totalCount, TopicSettings settings, List<Partition> partitions)
    {
        int first = partitions.Count;
        var created = new Partition?[totalCount - first];
        string? failure = null;
        Parallel.For(0, created.Length, CreationOptions, (index, loop) =>
        {
            try
            {
                created[index] = opener.Create(identity, first + index, settings);
            }
            catch (StorageException exception)
            {
                failure = $"The topic's files cannot be created: {exception.Message}";
                loop.Stop();
            }
        });
        partitions.AddRange(created.OfType<Partition>());
        if (failure is not null)
            logger.LogError("Topic {Topic}: {Failure}", identity.Name, failure);
        return failure;
    }

    private TopicResult CheckNewName(string name)
    {
        if (TopicNames.Check(name) is { } invalid)
            return new(BrokerError.InvalidTopic, invalid);
        if (_snapshot.Find(name) is not null)
            return new(BrokerError.TopicAlreadyExists, $"Topic '{name}' already exists.");

        TopicState? other = TopicNames.CanCollide(name)
            ? _snapshot.All.FirstOrDefault(
                one => TopicNames.HaveCollision(one.Identity.Name, name))
            : null;
        return other is null
            ? default
            : new(
                BrokerError.InvalidTopic,
                $"Topic '{name}' collides with existing topic: {other.Identity.Name}");
    }

    private CreateTopicResult Answer(TopicState topic) => new(
        BrokerError.None, Message: null, topic.View, DescribeConfigs(topic.Settings.Entries));

    private List<ConfigEntry> DescribeConfigs(IReadOnlyDictionary<string, string> entries) =>
        [.. ConfigRegistry.Topics.All
            .Where(one => !one.IsHidden || entries.ContainsKey(one.Name))
            .Select(one => TopicConfigs.Describe(one, entries, configs))];

    private static CreateTopicResult Failed(TopicResult result) =>
        new(result.Error, result.Message, Topic: null, Configs: null);
}
