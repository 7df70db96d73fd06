using Teralog.Abstractions;

namespace Teralog.Replication.Local;

/// <summary>Offers the strategy <c>local</c>: one copy, on this broker's own disk.</summary>
public sealed class LocalReplicationPlugin : IPlugin
{
    /// <summary>
    /// The key that says what an acknowledgement by all stands for: <c>sync</c> (the default: the
    /// records are on disk) or <c>os</c> (they are in the page cache, as Kafka does it).
    /// </summary>
    internal const string FlushModeKey = "log.flush.mode";

    /// <inheritdoc/>
    public void Register(IPluginRegistry registry, IPluginContext context) =>
        registry.AddReplication(
            new LocalReplication(ParseFlushMode(context.Configuration[FlushModeKey])));

    /// <summary>True for sync. Throws on a value that is neither.</summary>
    internal static bool ParseFlushMode(string? value) => value switch
    {
        null or "sync" => true,
        "os" => false,
        _ => throw new ArgumentException(
            $"{FlushModeKey}={value}: expected sync (acknowledge after a sync to disk) "
            + "or os (acknowledge from the page cache)"),
    };
}
