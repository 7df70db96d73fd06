using System.IO.Pipelines;
using System.Net;
using Teralog.Abstractions;
using Teralog.Net;

namespace Teralog.Server.Hosting;

/// <summary>What one frontend gets: the broker, its listeners, and the event loops.</summary>
internal sealed class FrontendHost(
    IBroker broker, IReadOnlyList<ListenerSpec> listeners, ReactorGroup reactors,
    ListenerOptions options) : IFrontendHost
{
    private readonly List<(ListenerSpec Spec, IPEndPoint Bound)> _open = [];

    public IBroker Broker { get; } = broker;

    public IReadOnlyList<ListenerSpec> Listeners { get; } = listeners;

    /// <summary>What the frontend opened, with real ports.</summary>
    public IReadOnlyList<(ListenerSpec Spec, IPEndPoint Bound)> Open => _open;

    public IPEndPoint Listen(ListenerSpec listener, Func<Connection, IConnectionHandler> handler) =>
        Note(listener, () => reactors.Listen(
            listener.Bind, options with { Name = listener.Name }, handler));

    public IPEndPoint ListenPipes(
        ListenerSpec listener,
        Func<IDuplexPipe, Connection, CancellationToken, ValueTask> serve) =>
        Note(listener, () => reactors.ListenPipes(
            listener.Bind, options with { Name = listener.Name }, serve));

    private IPEndPoint Note(ListenerSpec spec, Func<Listener> listen)
    {
        try
        {
            var bound = listen().Endpoint;
            _open.Add((spec, bound));
            return bound;
        }
        catch (ListenException exception)
        {
            throw PortProbe.Refusal(spec, exception.IsAddressInUse, exception);
        }
    }
}
