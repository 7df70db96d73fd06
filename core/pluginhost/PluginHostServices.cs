using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Teralog.PluginHost;

/// <summary>What the host lends to every plugin through its context.</summary>
/// <param name="Loggers">The process's loggers; a plugin's categories get its id in front.</param>
/// <param name="Configuration">The effective configuration by Kafka's names, without secrets.
/// </param>
/// <param name="Clock">The process's clock.</param>
public sealed record PluginHostServices(
    ILoggerFactory Loggers, IConfiguration Configuration, TimeProvider Clock);
