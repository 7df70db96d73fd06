using System.Globalization;
using Teralog.Broker;
using Teralog.Server.Configuration;

namespace Teralog.Server.Hosting;

/// <summary>
/// Looks at the log directories before anything is created or changed: folders of another node, or
/// of two clusters, are refused with nothing written.
/// </summary>
internal static class DataFolderCheck
{
    private const string FileName = "meta.properties";

    /// <exception cref="BrokerStartException">A folder is not this broker's.</exception>
    public static void Run(BrokerSettings settings)
    {
        string? cluster = null;
        string? clusterFolder = null;
        foreach (var folder in settings.LogDirectories)
        {
            if (Read(folder) is not { } found)
                continue;
            CheckNode(folder, found, settings.NodeId);
            var own = found.GetValueOrDefault("cluster.id");
            if (cluster is not null && own is not null && own != cluster)
                throw new BrokerStartException($"The log directory {folder} belongs to cluster "
                    + $"{own}, {clusterFolder} to cluster {cluster}: set log.dirs to folders of "
                    + "one cluster.");
            (cluster, clusterFolder) = (cluster ?? own, clusterFolder ?? folder);
        }
    }

    private static void CheckNode(string folder, Dictionary<string, string> found, int nodeId)
    {
        var node = found.GetValueOrDefault("node.id") ?? found.GetValueOrDefault("broker.id");
        if (node is not null && node != nodeId.ToString(CultureInfo.InvariantCulture))
            throw new BrokerStartException($"The log directory {folder} belongs to node {node}, "
                + $"this broker is node {nodeId}: set node.id={node}, or set log.dirs to another "
                + "folder.");
    }

    private static Dictionary<string, string>? Read(string folder)
    {
        try
        {
            var path = Path.Combine(folder, FileName);
            return File.Exists(path)
                ? PropertyFile.Parse(File.ReadAllText(path), FileName, [])
                    .ToDictionary(one => one.Name, one => one.Value, StringComparer.Ordinal)
                : null;
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new BrokerStartException($"{FileName} of the log directory {folder} cannot be "
                + $"read: {exception.Message}", exception);
        }
    }
}
