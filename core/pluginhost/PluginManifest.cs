namespace Teralog.PluginHost;

/// <summary>A checked <c>plugin.json</c>.</summary>
/// <param name="Id">Lower-case letters, digits, dot, dash, underscore.</param>
/// <param name="Kind">What it offers.</param>
/// <param name="Version">The plugin's own version, free text.</param>
/// <param name="ApiText">The range as written, for messages.</param>
/// <param name="Api">Versions of the contracts that it works with.</param>
/// <param name="EntryFile">File name of the entry assembly, in the plugin's own folder.</param>
/// <param name="EntryType">Full name of the entry type, or null: the only one there is.</param>
/// <param name="Sha256">Hex hash that the entry assembly must have, or null.</param>
internal sealed record PluginManifest(
    string Id, PluginKind Kind, string Version, string ApiText, ApiRange Api, string EntryFile,
    string? EntryType, string? Sha256)
{
    public const string FileName = "plugin.json";
}
