using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Teralog.Abstractions;

namespace Teralog.Plugins.Tests;

/// <summary>Loads a plugin as the host would, and keeps what it offers.</summary>
internal sealed class Offers : IPluginRegistry, IPluginContext
{
    public List<IFrontend> Frontends { get; } = [];

    public List<IReplicationStrategy> Replications { get; } = [];

    public List<ICodec> Codecs { get; } = [];

    public List<IAssignor> Assignors { get; } = [];

    public string PluginId => "test";

    public ILoggerFactory Loggers => NullLoggerFactory.Instance;

    public IConfiguration Configuration { get; private init; } = new ConfigurationRoot([]);

    public TimeProvider Clock => TimeProvider.System;

    public static Offers Of(IPlugin plugin, IConfiguration? configuration = null)
    {
        var offers = configuration is null
            ? new Offers()
            : new Offers { Configuration = configuration };
        plugin.Register(offers, offers);
        return offers;
    }

    public void AddFrontend(IFrontend frontend) => Frontends.Add(frontend);

    public void AddReplication(IReplicationStrategy strategy) => Replications.Add(strategy);

    public void AddCodec(ICodec codec) => Codecs.Add(codec);

    public void AddAssignor(IAssignor assignor) => Assignors.Add(assignor);
}
