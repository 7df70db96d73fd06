namespace Teralog.PluginHost;

/// <summary>What a plugin offers, as its manifest says it: one kind a plugin.</summary>
public enum PluginKind
{
    /// <summary>A protocol frontend: <c>frontend</c>.</summary>
    Frontend,

    /// <summary>A replication strategy: <c>replication</c>.</summary>
    Replication,

    /// <summary>A compression codec: <c>codec</c>.</summary>
    Codec,

    /// <summary>A partition assignor: <c>assignor</c>.</summary>
    Assignor,
}
