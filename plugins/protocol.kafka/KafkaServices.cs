using Microsoft.Extensions.Logging;
using Teralog.Abstractions;

namespace Teralog.Protocol.Kafka;

/// <summary>What all connections share: the broker, the APIs, the fetch sessions.</summary>
internal sealed class KafkaServices
{
    public KafkaServices(
        IBroker broker, FrontendSettings settings, ILogger logger, TimeProvider clock)
    {
        Broker = broker;
        Settings = settings;
        Logger = logger;
        Clock = clock;
        FetchSessions = new FetchSessionCache(settings.FetchSessionsMax, clock);
        Apis = ApiTable.Served();
    }

    public IBroker Broker { get; }

    public FrontendSettings Settings { get; }

    public ILogger Logger { get; }

    public TimeProvider Clock { get; }

    public FetchSessionCache FetchSessions { get; }

    public ApiTable Apis { get; }
}
