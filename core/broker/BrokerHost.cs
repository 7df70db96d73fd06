using Microsoft.Extensions.Logging;
using Teralog.Abstractions;
using Teralog.Broker.Groups;
using Teralog.Metadata;
using Teralog.Storage;

namespace Teralog.Broker;

/// <summary>
/// Owns a broker: opens its folders, brings its topics back, keeps its threads, and closes it all
/// cleanly. One start, one stop.
/// </summary>
public sealed class BrokerHost
{
    private readonly LogPlacement _placement;
    private readonly TopicRegistry _topics;
    private readonly SyncScheduler _syncs;
    private readonly Upkeep _upkeep;
    private readonly GroupCoordinator _groups;
    private readonly WorkQueue _admin;
    private readonly ILogger _logger;
    private int _isStopped;

    private BrokerHost(
        IBroker broker, LogPlacement placement, TopicRegistry topics, SyncScheduler syncs,
        Upkeep upkeep, GroupCoordinator groups, WorkQueue admin, ILogger logger)
    {
        Broker = broker;
        (_placement, _topics, _syncs) = (placement, topics, syncs);
        (_upkeep, _groups, _admin, _logger) = (upkeep, groups, admin, logger);
    }

    /// <summary>The broker, ready to serve.</summary>
    public IBroker Broker { get; }

    /// <summary>Opens the folders and brings everything back. Nothing is changed on disk where it
    /// fails before the folders are known to be this broker's.</summary>
    /// <param name="settings">Static configuration.</param>
    /// <param name="store">Metadata store; the caller disposes it after the stop.</param>
    /// <param name="plugins">What the plugins offer.</param>
    /// <param name="fileSystem">The disk.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="loggers">Loggers.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="BrokerStartException">It cannot start; the message says what to do.
    /// </exception>
    public static ValueTask<BrokerHost> OpenAsync(
        BrokerSettings settings, IMetadataStore store, PluginCatalog plugins,
        IFileSystem fileSystem, TimeProvider clock, ILoggerFactory loggers,
        CancellationToken cancellationToken)
    {
        ILogger logger = loggers.CreateLogger("Teralog.Broker");
        IReplicationStrategy replication = FindReplication(settings, plugins);
        List<LogDirectory> directories = OpenDirectories(settings, fileSystem, clock);
        SyncScheduler? syncs = null;
        WorkQueue? admin = null;
        try
        {
            string clusterId = ClusterIdentity.Establish(store, directories, settings.NodeId);
            var configs = new BrokerConfigs(settings)
            {
                PerBroker = store.ReadEntries(MetadataKeys.BrokerConfig(settings.NodeId)),
                ClusterWide = store.ReadEntries(MetadataKeys.ClusterConfig),
            };
            syncs = new SyncScheduler(configs.GetInt("log.flush.threads"));
            admin = new WorkQueue("admin");
            var codecs = new CodecTable(plugins.Codecs.Values);
            var placement = new LogPlacement(directories);
            var opener = new PartitionOpener(
                placement, fileSystem, new(clock, syncs, replication, codecs, logger));
            var topics = new TopicRegistry(
                store, configs, opener, admin, replication.ReplicasMax, logger);
            topics.Load(new TopicLoader(store, configs, opener, logger).Load(cancellationToken));
            var cluster = new ClusterView(clusterId, settings.NodeId, settings.Rack);
            GroupCoordinator groups = GroupCoordinator.Start(
                configs, cluster, topics, codecs, clock, logger);
            var broker = new Broker(
                cluster, topics, new ConfigService(store, configs, topics, admin), groups,
                new ProducerIds(store, admin), new LogDirectoriesView(placement, topics), codecs);
            var upkeep = new Upkeep(topics, configs, directories, clock, logger);
            WatchFailures(directories, logger);
            return ValueTask.FromResult(new BrokerHost(
                broker, placement, topics, syncs, upkeep, groups, admin, logger));
        }
        catch (Exception exception)
        {
            admin?.Dispose();
            syncs?.Dispose();
            foreach (LogDirectory directory in directories)
                directory.Dispose();
            if (exception is StorageException or LogOpenException)
                throw new BrokerStartException(exception.Message, exception);
            throw;
        }
    }

    /// <summary>Ends all partitions and closes all logs cleanly: synced, checkpointed, marked.
    /// A second call does nothing.</summary>
    public ValueTask StopAsync()
    {
        if (Interlocked.Exchange(ref _isStopped, 1) != 0)
            return ValueTask.CompletedTask;

        _groups.Dispose();
        _admin.Dispose();
        _upkeep.Dispose();
        foreach (Partition partition in _topics.Snapshot.All.SelectMany(one => one.Partitions))
            partition.Close();
        _syncs.Dispose();
        foreach (LogDirectory directory in _placement.Directories)
        {
            bool isClean = directory.Close(isClean: !directory.HasFailed);
            if (!isClean)
            {
                _logger.LogWarning(
                    "The log directory {Path} was not closed cleanly: the next start checks its "
                    + "logs.", directory.Path);
            }
        }

        return ValueTask.CompletedTask;
    }

    private static IReplicationStrategy FindReplication(
        BrokerSettings settings, PluginCatalog plugins)
    {
        string name = settings.Get("replication.strategy") ?? "";
        return plugins.Replications.TryGetValue(name, out IReplicationStrategy? found)
            ? found
            : throw new BrokerStartException(
                $"No plugin offers the replication strategy '{name}': put its folder into the "
                + "plugins folder, or set replication.strategy to one of: "
                + $"{string.Join(", ", plugins.Replications.Keys)}.");
    }

    private static List<LogDirectory> OpenDirectories(
        BrokerSettings settings, IFileSystem fileSystem, TimeProvider clock)
    {
        var directories = new List<LogDirectory>();
        try
        {
            foreach (string path in settings.LogDirectories)
                directories.Add(LogDirectory.Open(path, fileSystem, clock));
            return directories;
        }
        catch (StorageException exception)
        {
            foreach (LogDirectory directory in directories)
                directory.Dispose();
            throw new BrokerStartException(exception.Message, exception);
        }
    }

    private static void WatchFailures(IEnumerable<LogDirectory> directories, ILogger logger)
    {
        foreach (LogDirectory directory in directories)
        {
            _ = directory.Failure.ContinueWith(
                failure => logger.LogCritical(
                    "The log directory {Path} has failed and takes no more writes: {Reason} "
                    + "Repair the disk and restart the broker.", directory.Path, failure.Result),
                CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion,
                TaskScheduler.Default);
        }
    }
}
