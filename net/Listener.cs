using System.Net;

namespace Teralog.Net;

/// <summary>A bound socket that gives its connections to the loops of its group.</summary>
public sealed class Listener
{
    /// <summary>The name in its options.</summary>
    public string Name => Options.Name;

    /// <summary>The bound endpoint, with the real port where 0 was asked for.</summary>
    public IPEndPoint Endpoint { get; internal init; } = new(0, 0);

    /// <summary>What it was made with.</summary>
    public ListenerOptions Options { get; internal init; } = new();

    /// <summary>Connections that are open now. Any thread.</summary>
    public int ConnectionCount => throw new NotImplementedException();

    /// <summary>Accepts no more; open connections live on. Any thread.</summary>
    public void StopAccepting() => throw new NotImplementedException();
}
