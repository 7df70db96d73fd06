using Microsoft.Extensions.Logging;

namespace Teralog.PluginHost;

/// <summary>
/// Puts the plugin's id in front of every category, so that a line says whose it is. It lends the
/// host's factory: a plugin can neither dispose it nor add providers.
/// </summary>
internal sealed class PluginLoggers(string pluginId, ILoggerFactory inner) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => inner.CreateLogger(
        categoryName.StartsWith(pluginId, StringComparison.Ordinal)
            ? categoryName
            : $"{pluginId}.{categoryName}");

    public void AddProvider(ILoggerProvider provider) =>
        throw new NotSupportedException("Logging providers belong to the host.");

    public void Dispose()
    {
    }
}
