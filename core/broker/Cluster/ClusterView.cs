using Teralog.Abstractions;

namespace Teralog.Broker;

/// <summary>One node: this one. Listeners are added as frontends open them.</summary>
internal sealed class ClusterView(string clusterId, int nodeId, string? rack) : IClusterView
{
    private readonly Lock _lock = new();
    private volatile Dictionary<string, IReadOnlyList<BrokerEndpoint>> _byListener =
        new(StringComparer.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public string ClusterId { get; } = clusterId;

    /// <inheritdoc/>
    public int NodeId { get; } = nodeId;

    /// <inheritdoc/>
    public int ControllerId => NodeId;

    /// <inheritdoc/>
    public IReadOnlyList<BrokerEndpoint> Brokers(string listenerName) =>
        _byListener.TryGetValue(listenerName, out IReadOnlyList<BrokerEndpoint>? brokers)
            ? brokers
            : [];

    /// <inheritdoc/>
    public void Advertise(ListenerSpec listener)
    {
        int port = listener.AdvertisedPort == 0 ? listener.Bind.Port : listener.AdvertisedPort;
        lock (_lock)
        {
            _byListener = new(_byListener, StringComparer.OrdinalIgnoreCase)
            {
                [listener.Name] =
                    [new BrokerEndpoint(NodeId, listener.AdvertisedHost, port, rack)],
            };
        }
    }
}
