using Teralog.Abstractions;

namespace Teralog.Protocol.Kafka;

/// <summary>Offers the Kafka protocol: the frontend named <c>kafka</c>.</summary>
public sealed class KafkaPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry, IPluginContext context) =>
        registry.AddFrontend(new KafkaFrontend(
            FrontendSettings.From(context.Configuration),
            context.Loggers.CreateLogger("kafka"),
            context.Clock));
}
