using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Teralog.Abstractions;

/// <summary>What a plugin gets from the host: a context, not the container.</summary>
public interface IPluginContext
{
    /// <summary>The id of the plugin's manifest.</summary>
    string PluginId { get; }

    /// <summary>Loggers whose category starts with the plugin's id.</summary>
    ILoggerFactory Loggers { get; }

    /// <summary>
    /// The broker's effective configuration, keys as in the property file (Kafka's names).
    /// A plugin reads its own keys from it; secrets of others are not in it.
    /// </summary>
    IConfiguration Configuration { get; }

    /// <summary>The broker's clock.</summary>
    TimeProvider Clock { get; }
}
