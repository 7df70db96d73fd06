using Teralog.Abstractions;

namespace Teralog.PluginHost;

/// <summary>
/// Outcome of loading a plugin folder. A broker starts only with a complete catalog: half a set of
/// plugins would refuse work that the other half promises.
/// </summary>
/// <param name="Catalog">What the plugins offer, or null where one was refused.</param>
/// <param name="Plugins">Every plugin found, ordered by folder name.</param>
/// <param name="Refusals">One sentence a refused plugin; empty exactly when there is a catalog.
/// </param>
public sealed record PluginLoadResult(
    PluginCatalog? Catalog, IReadOnlyList<PluginInfo> Plugins, IReadOnlyList<string> Refusals);
