using System.Globalization;
using System.Text;
using Teralog.Abstractions;
using Teralog.Metadata;
using Teralog.Storage;

namespace Teralog.Broker;

/// <summary>
/// Which cluster and node the folders belong to: the metadata store has the cluster's id, each log
/// directory says whose it is in meta.properties (KIP-631 format). A folder of someone else is
/// refused before anything is written.
/// </summary>
internal static class ClusterIdentity
{
    private const string ClusterKey = "cluster.id";
    private const string NodeKey = "node.id";
    private const string OlderNodeKey = "broker.id";
    private const string DirectoryKey = "directory.id";

    /// <returns>The cluster id.</returns>
    /// <exception cref="BrokerStartException">A folder belongs to someone else.</exception>
    internal static string Establish(
        IMetadataStore store, IReadOnlyList<LogDirectory> directories, int nodeId)
    {
        string? known = store.Get(MetadataKeys.ClusterId) is { } entry
            ? Encoding.UTF8.GetString(entry.Value.Span)
            : null;
        var found = directories.Select(one => one.ReadMetaProperties()).ToList();
        string clusterId = known
            ?? found.Select(one => one?.GetValueOrDefault(ClusterKey)).FirstOrDefault(
                one => !string.IsNullOrEmpty(one))
            ?? TopicIds.ToText(TopicIds.Create());
        for (int index = 0; index < directories.Count; index++)
            Check(directories[index].Path, found[index], clusterId, nodeId);

        if (known is null)
            Remember(store, clusterId);
        for (int index = 0; index < directories.Count; index++)
        {
            if (found[index] is null)
                directories[index].WriteMetaProperties(Properties(clusterId, nodeId));
        }

        return clusterId;
    }

    private static void Check(
        string path, IReadOnlyDictionary<string, string>? found, string clusterId, int nodeId)
    {
        if (found is null)
            return;

        if (found.TryGetValue(ClusterKey, out string? cluster) && cluster != clusterId)
        {
            throw new BrokerStartException(
                $"The log directory {path} belongs to cluster {cluster}, this broker to cluster "
                + $"{clusterId}: set log.dirs to this cluster's folder, or use an empty one.");
        }

        string? node = found.GetValueOrDefault(NodeKey) ?? found.GetValueOrDefault(OlderNodeKey);
        if (node is not null && node != nodeId.ToString(CultureInfo.InvariantCulture))
        {
            throw new BrokerStartException(
                $"The log directory {path} belongs to node {node}, this broker is node {nodeId}: "
                + $"set node.id={node}, or set log.dirs to another folder.");
        }
    }

    private static void Remember(IMetadataStore store, string clusterId)
    {
        TopicResult committed = store.CommitNow(new MetadataTransaction()
            .RequireAbsent(MetadataKeys.ClusterId)
            .Put(MetadataKeys.ClusterId, Encoding.UTF8.GetBytes(clusterId)));
        if (committed.Error != BrokerError.None)
        {
            throw new BrokerStartException(
                $"The cluster id cannot be stored: {committed.Message}");
        }
    }

    private static SortedDictionary<string, string> Properties(string clusterId, int nodeId) =>
        new(StringComparer.Ordinal)
        {
            ["version"] = "1",
            [ClusterKey] = clusterId,
            [NodeKey] = nodeId.ToString(CultureInfo.InvariantCulture),
            [DirectoryKey] = TopicIds.ToText(TopicIds.Create()),
        };
}
