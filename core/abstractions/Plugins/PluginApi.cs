namespace Teralog.Abstractions;

/// <summary>The version of the contracts in this assembly, compared with a manifest's
/// range.</summary>
public static class PluginApi
{
    /// <summary>Major grows on a break, minor on an addition.</summary>
    public static Version Version { get; } = new(1, 0);
}
