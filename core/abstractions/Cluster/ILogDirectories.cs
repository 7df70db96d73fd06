namespace Teralog.Abstractions;

/// <summary>Disk usage by log directory.</summary>
public interface ILogDirectories
{
    /// <summary>Each configured log directory with its replicas.</summary>
    IReadOnlyList<LogDirectoryView> Describe();
}

/// <summary>One log directory. Sizes in bytes; -1 where unknown.</summary>
public sealed record LogDirectoryView(
    string Path, BrokerError Error, long TotalBytes, long UsableBytes,
    IReadOnlyList<ReplicaSize> Replicas);

/// <summary>One replica's size on disk in bytes.</summary>
public readonly record struct ReplicaSize(string Topic, int Partition, long SizeBytes, long Lag);
