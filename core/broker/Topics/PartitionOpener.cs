using Microsoft.Extensions.Logging;
using Teralog.Storage;

namespace Teralog.Broker;

/// <summary>Makes partitions: of logs that are found, and of logs that are new.</summary>
internal sealed class PartitionOpener(
    LogPlacement placement, IFileSystem fileSystem, PartitionServices services)
{
    internal LogPlacement Placement { get; } = placement;

    internal static string FolderOf(string topic, int partition) => $"{topic}-{partition}";

    /// <summary>Makes a new log in the directory with the fewest.</summary>
    /// <exception cref="StorageException">It cannot be made.</exception>
    internal Partition Create(TopicIdentity topic, int index, TopicSettings settings)
    {
        LogDirectory directory = Placement.Choose()
            ?? throw new StorageException("All log directories have failed.");
        try
        {
            Log log = CreateLog(topic, index, settings, directory);
            return new Partition(topic, index, log, directory, settings, services);
        }
        catch (StorageException)
        {
            Placement.NoteGone(directory);
            throw;
        }
    }

    /// <summary>Opens a log that is there.</summary>
    /// <exception cref="StorageException">The file system failed.</exception>
    /// <exception cref="LogOpenException">It is damaged.</exception>
    internal Partition Open(
        TopicIdentity topic, int index, TopicSettings settings, LogDirectory directory)
    {
        string folder = FolderOf(topic.Name, index);
        Log log = directory.OpenLog(folder, settings.LogOf(topic.Id, index));
        Placement.NotePresent(directory);
        LogRecoveryReport found = log.Recovery;
        if (found.BytesCut > 0)
        {
            services.Logger.LogWarning(
                "Recovered {Folder}: {Scanned} bytes checked, {Cut} bytes of a torn tail cut off.",
                folder, found.BytesScanned, found.BytesCut);
        }

        return new Partition(topic, index, log, directory, settings, services);
    }

    // A folder of the same name that this topic did not make is somebody's data: it stays.
    private Log CreateLog(
        TopicIdentity topic, int index, TopicSettings settings, LogDirectory directory)
    {
        string folder = FolderOf(topic.Name, index);
        LogConfig config = settings.LogOf(topic.Id, index);
        foreach (LogDirectory other in Placement.Directories)
        {
            string path = Path.Combine(other.Path, folder);
            if (!fileSystem.DirectoryExists(path))
                continue;
            if (other != directory || other.ReadTopicId(folder) != topic.Id)
            {
                throw new StorageException(
                    $"{path} is there already and belongs to no topic of this cluster: move it "
                    + "out of the way.");
            }
        }

        return directory.CreateLog(folder, topic.Id, config);
    }

    /// <summary>Ends a partition and removes its files.</summary>
    /// <exception cref="StorageException">The file system failed.</exception>
    internal void Delete(Partition partition)
    {
        partition.Delete();
        Placement.NoteGone(partition.Directory);
    }
}
