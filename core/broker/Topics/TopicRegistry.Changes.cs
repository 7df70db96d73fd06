using Microsoft.Extensions.Logging;
using Teralog.Abstractions;
using Teralog.Metadata;
using Teralog.Storage;

namespace Teralog.Broker;

/// <summary>Growing and deleting, on the admin thread.</summary>
internal sealed partial class TopicRegistry
{
    private TopicResult Grow(
        string name, int totalCount, IReadOnlyList<IReadOnlyList<int>>? assignments,
        bool validateOnly)
    {
        if (_snapshot.Find(name) is not { } topic)
            return UnknownTopic(name);

        TopicResult checkedRules = TopicRules.Grow(
            topic.Partitions.Length, totalCount, assignments, configs.Settings.NodeId,
            out int[][] added);
        if (checkedRules.Error != BrokerError.None || validateOnly)
            return checkedRules;

        // The files first: what the store does not know of is left alone, and is taken over when
        // the same change is made again.
        var partitions = new List<Partition>(topic.Partitions);
        string? failure = CreateLogs(topic.Identity, totalCount, topic.Settings, partitions);
        List<Partition> fresh = partitions[topic.Partitions.Length..];
        TopicResult committed = failure is null
            ? CommitReplicas(topic, [.. topic.Replicas, .. added])
            : new(BrokerError.StorageFailed, failure);
        if (committed.Error != BrokerError.None)
        {
            DeleteFiles(fresh);
            return committed;
        }

        _snapshot = _snapshot.With(new TopicState(
            topic.Identity, [.. topic.Replicas, .. added], [.. partitions], topic.Settings));
        return default;
    }

    private TopicResult CommitReplicas(TopicState topic, int[][] replicas)
    {
        string key = MetadataKeys.Topic(topic.Identity.Name);
        return store.CommitNow(new MetadataTransaction()
            .RequireAsSeen(store, key)
            .Put(key, MetadataCommits.ToJson(new TopicRecord(topic.Identity.Id, replicas))));
    }

    private TopicResult Delete(string name)
    {
        if (_snapshot.Find(name) is not { } topic)
            return UnknownTopic(name);
        if (!configs.GetBoolean("delete.topic.enable"))
            return new(BrokerError.TopicDeletionDisabled, "delete.topic.enable is false.");
        if (topic.Identity.IsInternal)
            return new(BrokerError.InvalidTopic, "An internal topic cannot be deleted.");

        // The note of the deletion tells the next start that the files may go.
        Guid id = topic.Identity.Id;
        string key = MetadataKeys.Topic(name);
        TopicResult committed = store.CommitNow(new MetadataTransaction()
            .RequireAsSeen(store, key)
            .Delete(key)
            .Delete(MetadataKeys.TopicConfig(id))
            .Put(MetadataKeys.DeletedTopic(id), MetadataCommits.ToJson(name)));
        if (committed.Error != BrokerError.None)
            return committed;

        _snapshot = _snapshot.Without(topic);
        foreach (Partition partition in topic.Partitions)
            partition.MarkDeleted();
        TopicDeleted?.Invoke(topic.Identity);

        // The same thread does it next: a new topic of this name finds the folders gone.
        admin.Post(() => FinishDeletion(topic));
        logger.LogInformation("Deleted topic {Topic}.", name);
        return default;
    }

    private void FinishDeletion(TopicState topic)
    {
        if (DeleteFiles(topic.Partitions))
        {
            store.CommitNow(new MetadataTransaction()
                .Delete(MetadataKeys.DeletedTopic(topic.Identity.Id)));
        }
    }

    private bool DeleteFiles(IReadOnlyList<Partition> partitions)
    {
        bool areAllGone = true;
        foreach (Partition partition in partitions)
        {
            try
            {
                opener.Delete(partition);
            }
            catch (StorageException exception)
            {
                areAllGone = false;
                logger.LogError(
                    "The files of {Topic}-{Partition} cannot be deleted: {Reason} The next start "
                    + "tries again.", partition.Topic, partition.Index, exception.Message);
            }
        }

        return areAllGone;
    }

    private static TopicResult UnknownTopic(string name) => new(
        BrokerError.UnknownTopicOrPartition, $"The topic '{name}' does not exist.");
}
