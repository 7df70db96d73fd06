using Microsoft.Extensions.Logging;
using Teralog.Abstractions;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// Speaks Kafka's protocol on every listener that the host gives it, and has each advertised as
/// soon as it is bound.
/// </summary>
internal sealed class KafkaFrontend(FrontendSettings settings, ILogger logger, TimeProvider clock)
    : IFrontend
{
    /// <inheritdoc/>
    public string Name => "kafka";

    /// <inheritdoc/>
    public ValueTask StartAsync(IFrontendHost host, CancellationToken cancellationToken)
    {
        var services = new KafkaServices(host.Broker, settings, logger, clock);
        var loops = new ThreadLocal<LoopState>(() => new LoopState());
        foreach (var listener in host.Listeners)
        {
            var bound = host.Listen(
                listener,
                connection => new KafkaConnection(connection, services, loops.Value!));
            host.Broker.Cluster.Advertise(listener with
            {
                Bind = bound,
                AdvertisedPort =
                    listener.AdvertisedPort == 0 ? bound.Port : listener.AdvertisedPort,
            });
        }
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask StopAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
