using Microsoft.Extensions.Logging;
using Teralog.Abstractions;
using Teralog.Broker;
using Teralog.Metadata;
using Teralog.Net;
using Teralog.PluginHost;
using Teralog.Server.Configuration;
using Teralog.Storage;

namespace Teralog.Server.Hosting;

/// <summary>
/// A broker process: plugins, folders, broker, event loops, frontends, started in that order and
/// stopped in the reverse one. Everything that can be refused without touching the disk is checked
/// before the disk is touched.
/// </summary>
internal sealed partial class ServerHost
{
    private const string KafkaFrontend = "kafka";
    private static readonly TimeSpan _drainTimeout = TimeSpan.FromSeconds(5);

    private readonly Stack<Func<ValueTask>> _stops = new();
    private readonly ILogger _logger;

    private ServerHost(ILogger logger) => _logger = logger;

    public required ServerConfiguration Configuration { get; init; }

    public required IReadOnlyList<PluginInfo> Plugins { get; init; }

    public IReadOnlyList<OpenListener> Listeners { get; private set; } = [];

    public string ClusterId { get; private set; } = "";

    public int TopicCount { get; private set; }

    /// <exception cref="BrokerStartException">One sentence that says what to do; what was started
    /// is stopped again.</exception>
    public static async Task<ServerHost> StartAsync(
        ServerConfiguration configuration, ILoggerFactory loggers, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var plugins = LoadPlugins(configuration, loggers, clock);
        var frontends = Frontends(plugins.Catalog!, configuration);
        DataFolderCheck.Run(configuration.Settings);
        PortProbe.Run(configuration.Listeners);
        var host = new ServerHost(loggers.CreateLogger("Teralog.Server"))
        {
            Configuration = configuration, Plugins = plugins.Plugins,
        };
        try
        {
            var broker = await host.OpenBrokerAsync(
                plugins.Catalog!, loggers, clock, cancellationToken).ConfigureAwait(false);
            await host.OpenFrontendsAsync(
                broker, frontends, loggers, clock, cancellationToken).ConfigureAwait(false);
            return host;
        }
        catch
        {
            await host.StopAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Drains the connections, closes all logs cleanly, gives the folders free.</summary>
    public async Task StopAsync()
    {
        while (_stops.TryPop(out var stop))
            await stop().ConfigureAwait(false);
    }

    private static PluginLoadResult LoadPlugins(
        ServerConfiguration configuration, ILoggerFactory loggers, TimeProvider clock)
    {
        var services = new PluginHostServices(
            loggers, new SettingsConfiguration(configuration.Settings), clock);
        var result = PluginLoader.Load(configuration.PluginFolder, services);
        return result.Catalog is not null
            ? result
            : throw new BrokerStartException(string.Join(Environment.NewLine, result.Refusals));
    }

    private static List<IFrontend> Frontends(
        PluginCatalog catalog, ServerConfiguration configuration) =>
        catalog.Frontends.ContainsKey(KafkaFrontend)
            ? catalog.Frontends.Values.ToList()
            : throw new BrokerStartException("No plugin offers the frontend 'kafka': put its "
                + $"folder into {configuration.PluginFolder}.");

    private async Task<IBroker> OpenBrokerAsync(
        PluginCatalog catalog, ILoggerFactory loggers, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var folder = Configuration.MetadataFolder;
        var folderLock = FolderLock.Take(folder);
        OnStop(() => folderLock.Dispose());
        var fileSystem = new LinuxFileSystem();
        var store = OpenStore(folder, fileSystem);
        _stops.Push(store.DisposeAsync);
        var broker = await BrokerHost.OpenAsync(
            Configuration.Settings, store, catalog, fileSystem, clock, loggers, cancellationToken)
            .ConfigureAwait(false);
        _stops.Push(broker.StopAsync);
        ClusterId = broker.Broker.Cluster.ClusterId;
        TopicCount = broker.Broker.Topics.List().Count;
        return broker.Broker;
    }

    private static FileMetadataStore OpenStore(string folder, LinuxFileSystem fileSystem)
    {
        try
        {
            return FileMetadataStore.Open(folder, fileSystem);
        }
        catch (MetadataOpenException exception)
        {
            throw new BrokerStartException(exception.Message, exception);
        }
    }

    private async Task OpenFrontendsAsync(
        IBroker broker, List<IFrontend> frontends, ILoggerFactory loggers, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var reactors = new ReactorGroup(LoopSettings.Reactors(
            Configuration.Settings, clock, loggers.CreateLogger("Teralog.Net")));
        _stops.Push(() => new ValueTask(reactors.StopAsync(_drainTimeout)));
        var open = new List<OpenListener>();
        foreach (var frontend in frontends)
        {
            var listeners = frontend.Name == KafkaFrontend ? Configuration.Listeners : [];
            var host = new FrontendHost(
                broker, listeners, reactors, LoopSettings.Listeners(Configuration.Settings));
            await StartAsync(frontend, host, cancellationToken).ConfigureAwait(false);
            _stops.Push(() => frontend.StopAsync(CancellationToken.None));
            open.AddRange(host.Open.Select(one => OpenListener.From(one.Spec, one.Bound)));
        }

        Listeners = open;
        LogStarted(_logger, string.Join(", ", open));
    }

    /// <remarks>Catches everything: a frontend that cannot start ends the start with its name.
    /// </remarks>
    private static async Task StartAsync(
        IFrontend frontend, FrontendHost host, CancellationToken cancellationToken)
    {
        try
        {
            await frontend.StartAsync(host, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (
            exception is not (BrokerStartException or OperationCanceledException))
        {
            throw new BrokerStartException(
                $"The frontend '{frontend.Name}' cannot start: {exception.Message}", exception);
        }
    }

    private void OnStop(Action stop) => _stops.Push(() =>
    {
        stop();
        return ValueTask.CompletedTask;
    });

    [LoggerMessage(EventId = 1, Level = LogLevel.Debug, Message = "Listening: {Listeners}")]
    private static partial void LogStarted(ILogger logger, string listeners);
}
