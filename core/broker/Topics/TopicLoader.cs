using Microsoft.Extensions.Logging;
using Teralog.Metadata;
using Teralog.Storage;

namespace Teralog.Broker;

/// <summary>
/// Brings the topics back at start: opens the logs side by side, makes those that a crash kept from
/// being made, finishes deletions, and leaves alone what nobody knows.
/// </summary>
internal sealed class TopicLoader(
    IMetadataStore store, BrokerConfigs configs, PartitionOpener opener, ILogger logger)
{
    private readonly Dictionary<string, LogDirectory> _folders = new(StringComparer.Ordinal);
    private int _opened;

    /// <exception cref="BrokerStartException">A log cannot be opened.</exception>
    internal IReadOnlyList<TopicState> Load(CancellationToken cancellationToken)
    {
        foreach (LogDirectory directory in opener.Placement.Directories)
            AddFolders(directory);
        FinishDeletions();

        List<TopicDraft> drafts = [.. store.List(MetadataKeys.Topics).Select(Draft)];
        Partition[][] partitions = OpenAll(drafts, cancellationToken);
        if (_folders.Count > 0)
        {
            logger.LogWarning(
                "Left alone {Count} partition folder(s) that belong to no topic of this cluster: "
                + "{Folders}.", _folders.Count, string.Join(", ", _folders.Keys.Take(10)));
        }

        return [.. drafts.Select((draft, index) => new TopicState(
            draft.Identity, draft.Replicas, partitions[index], draft.Settings))];
    }

    private void AddFolders(LogDirectory directory)
    {
        directory.PurgeDeletedFolders();
        foreach (string folder in directory.PartitionFolders())
        {
            if (!_folders.TryAdd(folder, directory))
            {
                throw new BrokerStartException(
                    $"The partition folder {folder} is in {_folders[folder].Path} and in "
                    + $"{directory.Path}: move the older one out of the way.");
            }
        }
    }

    private TopicDraft Draft(MetadataEntry entry)
    {
        string name = entry.Key[MetadataKeys.Topics.Length..];
        TopicRecord record = MetadataCommits.FromJson<TopicRecord>(entry);
        IReadOnlyDictionary<string, string> entries =
            store.ReadEntries(MetadataKeys.TopicConfig(record.Id));
        return new(
            new(name, record.Id, TopicNames.IsInternal(name)), record.Replicas,
            TopicSettings.Resolve(entries, configs));
    }

    private Partition[][] OpenAll(List<TopicDraft> drafts, CancellationToken cancellationToken)
    {
        Partition[][] partitions = [.. drafts.Select(one => new Partition[one.Replicas.Length])];
        var work = new List<OpenJob>();
        for (int topic = 0; topic < drafts.Count; topic++)
        {
            for (int index = 0; index < partitions[topic].Length; index++)
            {
                // Taken out now: what is left over in the end belongs to nobody.
                LogDirectory? directory = TakeFolder(drafts[topic].Identity, index);
                work.Add(new(topic, index, directory));
            }
        }

        int threads = configs.GetInt("num.recovery.threads.per.data.dir")
            * opener.Placement.Directories.Count;
        try
        {
            Parallel.ForEach(
                work,
                new ParallelOptions
                {
                    MaxDegreeOfParallelism = threads,
                    CancellationToken = cancellationToken,
                },
                job => partitions[job.Topic][job.Index] = OpenOne(
                    drafts[job.Topic], job, work.Count));
        }
        catch (AggregateException failures) when (
            failures.Flatten().InnerExceptions.All(one => one is IOException))
        {
            throw new BrokerStartException(failures.Flatten().InnerExceptions[0].Message);
        }

        return partitions;
    }

    private LogDirectory? TakeFolder(TopicIdentity topic, int index)
    {
        string folder = PartitionOpener.FolderOf(topic.Name, index);
        if (!_folders.TryGetValue(folder, out LogDirectory? directory))
            return null;

        Guid? found = directory.ReadTopicId(folder);
        if (found is not null && found != topic.Id)
        {
            throw new BrokerStartException(
                $"The folder {folder} in {directory.Path} belongs to another topic of the same "
                + $"name (id {TopicIds.ToText(found.Value)}, expected {TopicIds.ToText(topic.Id)}):"
                + " move it out of the way.");
        }

        _folders.Remove(folder);
        return directory;
    }

    private Partition OpenOne(TopicDraft draft, OpenJob job, int total)
    {
        Partition partition;
        if (job.Directory is { } directory)
        {
            partition = opener.Open(draft.Identity, job.Index, draft.Settings, directory);
        }
        else
        {
            logger.LogWarning(
                "The folder of {Topic}-{Partition} is missing; an empty log is made.",
                draft.Identity.Name, job.Index);
            partition = opener.Create(draft.Identity, job.Index, draft.Settings);
        }

        int opened = Interlocked.Increment(ref _opened);
        if (opened % Limits.OpenProgressEvery == 0)
            logger.LogInformation("Opened {Opened} of {Total} logs.", opened, total);
        return partition;
    }

    private void FinishDeletions()
    {
        foreach (MetadataEntry entry in store.List(MetadataKeys.DeletedTopics))
        {
            Guid id = Guid.Parse(entry.Key[MetadataKeys.DeletedTopics.Length..]);
            string name = MetadataCommits.FromJson<string>(entry);
            if (!DeleteFoldersOf(name, id))
                continue;

            store.CommitNow(new MetadataTransaction().Delete(entry.Key));
            logger.LogInformation("Finished the deletion of topic {Topic}.", name);
        }
    }

    private bool DeleteFoldersOf(string name, Guid id)
    {
        bool areAllGone = true;
        foreach ((string folder, LogDirectory directory) in _folders.ToArray())
        {
            if (!folder.StartsWith(name + "-", StringComparison.Ordinal)
                || directory.ReadTopicId(folder) != id)
                continue;

            areAllGone &= TryDelete(directory, folder);
            _folders.Remove(folder);
        }

        return areAllGone;
    }

    private bool TryDelete(LogDirectory directory, string folder)
    {
        try
        {
            directory.OpenLog(folder, new LogConfig()).Delete();
            return true;
        }
        catch (IOException exception)
        {
            logger.LogError(
                "The folder {Folder} of a deleted topic cannot be deleted: {Reason}", folder,
                exception.Message);
            return false;
        }
    }

    private sealed record TopicDraft(
        TopicIdentity Identity, int[][] Replicas, TopicSettings Settings);

    private readonly record struct OpenJob(int Topic, int Index, LogDirectory? Directory);
}
