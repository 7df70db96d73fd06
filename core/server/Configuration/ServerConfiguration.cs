using Teralog.Abstractions;
using Teralog.Broker;

namespace Teralog.Server.Configuration;

/// <summary>The checked configuration of a broker process: file, command line, defaults.</summary>
/// <param name="Settings">What the broker reads.</param>
/// <param name="Listeners">Where it listens.</param>
/// <param name="Changed">What somebody set, strongest origin, ordered by name.</param>
/// <param name="Warnings">One sentence each.</param>
/// <param name="File">The property file, or null.</param>
/// <param name="PluginFolder">Where plugins are looked for.</param>
internal sealed record ServerConfiguration(
    BrokerSettings Settings, IReadOnlyList<ListenerSpec> Listeners,
    IReadOnlyList<Setting> Changed, IReadOnlyList<string> Warnings, string? File,
    string PluginFolder)
{
    /// <summary>Where the metadata store is: Kafka's metadata.log.dir, or beside the
    /// logs.</summary>
    public string MetadataFolder => Path.Combine(
        Settings.Get("metadata.log.dir") is { Length: > 0 } own ? own : Settings.LogDirectories[0],
        "metadata");
}
