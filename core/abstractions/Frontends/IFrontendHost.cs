using System.IO.Pipelines;
using System.Net;
using Teralog.Net;

namespace Teralog.Abstractions;

/// <summary>What a frontend may use of the process: the broker, and the event loops.</summary>
public interface IFrontendHost
{
    /// <summary>The broker behind every frontend.</summary>
    IBroker Broker { get; }

    /// <summary>The endpoints that the configuration gives to this frontend.</summary>
    IReadOnlyList<ListenerSpec> Listeners { get; }

    /// <summary>
    /// Opens a listener on the broker's event loops. The handler factory and all handler calls run
    /// on a loop thread and must not block. Throws when the endpoint cannot be bound.
    /// Returns the bound endpoint (the real port where 0 was asked).
    /// </summary>
    IPEndPoint Listen(ListenerSpec listener, Func<Connection, IConnectionHandler> handler);

    /// <summary>The easy way for frontends that are not hot: one pipe pair a connection.</summary>
    IPEndPoint ListenPipes(
        ListenerSpec listener, Func<IDuplexPipe, Connection, CancellationToken, ValueTask> serve);
}
