namespace Teralog.PluginHost;

/// <summary>Bounds of what a plugin folder may make the host read.</summary>
internal static class Limits
{
    /// <summary>Bytes of a manifest.</summary>
    public const int ManifestBytesMax = 64 * 1024;

    /// <summary>Characters of a plugin's id and of a registered name.</summary>
    public const int NameLengthMax = 64;

    /// <summary>Folders under the plugin folder.</summary>
    public const int PluginsMax = 256;
}
