namespace Teralog.Abstractions;

/// <summary>
/// All that the loaded plugins offer, by name, as the plugin host found it. Built once at start;
/// read-only afterwards.
/// </summary>
/// <param name="Frontends">Frontends by name.</param>
/// <param name="Replications">Replication strategies by name.</param>
/// <param name="Codecs">Codecs by name.</param>
/// <param name="Assignors">Assignors by name.</param>
public sealed record PluginCatalog(
    IReadOnlyDictionary<string, IFrontend> Frontends,
    IReadOnlyDictionary<string, IReplicationStrategy> Replications,
    IReadOnlyDictionary<string, ICodec> Codecs,
    IReadOnlyDictionary<string, IAssignor> Assignors);
