using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Teralog.Abstractions;

namespace Teralog.PluginHost;

/// <summary>The context of one plugin, over the host's services.</summary>
internal sealed class PluginContext(string pluginId, PluginHostServices services) : IPluginContext
{
    public string PluginId { get; } = pluginId;

    public ILoggerFactory Loggers { get; } = new PluginLoggers(pluginId, services.Loggers);

    public IConfiguration Configuration { get; } = services.Configuration;

    public TimeProvider Clock { get; } = services.Clock;
}
