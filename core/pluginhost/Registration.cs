namespace Teralog.PluginHost;

/// <summary>One thing that a plugin offers.</summary>
internal sealed record Registration(PluginKind Kind, string Name, object Instance);
