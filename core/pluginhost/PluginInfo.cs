namespace Teralog.PluginHost;

/// <summary>One folder under the plugin folder, for lists and the start summary.</summary>
/// <param name="Id">The manifest's id, or the folder's name where there is no readable one.</param>
/// <param name="Kind">The manifest's kind, or null where there is no readable one.</param>
/// <param name="Version">The manifest's version, or empty.</param>
/// <param name="Path">The plugin's folder, absolute.</param>
/// <param name="Status">Loaded or refused.</param>
/// <param name="Message">Names of what it offers, or one sentence that says why it was refused.
/// </param>
public sealed record PluginInfo(
    string Id, PluginKind? Kind, string Version, string Path, PluginStatus Status, string Message);

/// <summary>What became of a plugin.</summary>
public enum PluginStatus
{
    /// <summary>Its registrations are in the catalog.</summary>
    Loaded,

    /// <summary>Nothing of it is used.</summary>
    Refused,
}
