using Teralog.Abstractions;
using Teralog.Storage;

namespace Teralog.Broker;

/// <summary>Sizes on disk by log directory.</summary>
internal sealed class LogDirectoriesView(LogPlacement placement, TopicRegistry topics)
    : ILogDirectories
{
    /// <inheritdoc/>
    public IReadOnlyList<LogDirectoryView> Describe()
    {
        ILookup<LogDirectory, Partition> byDirectory = topics.Snapshot.All
            .SelectMany(one => one.Partitions)
            .ToLookup(one => one.Directory);
        return [.. placement.Directories.Select(one => Describe(one, byDirectory[one]))];
    }

    private static LogDirectoryView Describe(
        LogDirectory directory, IEnumerable<Partition> partitions)
    {
        (long totalBytes, long usableBytes) = SpaceOf(directory.Path);
        return new(
            directory.Path,
            directory.HasFailed ? BrokerError.StorageFailed : BrokerError.None,
            totalBytes, usableBytes,
            [.. partitions.Select(
                one => new ReplicaSize(one.Topic, one.Index, one.SizeBytes, Lag: 0))]);
    }

    // The seam knows no volumes: a simulated disk has none, and its size is not known.
    private static (long TotalBytes, long UsableBytes) SpaceOf(string path)
    {
        try
        {
            if (!Directory.Exists(path))
                return (-1, -1);

            var drive = new DriveInfo(path);
            return (drive.TotalSize, drive.AvailableFreeSpace);
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return (-1, -1);
        }
    }
}
