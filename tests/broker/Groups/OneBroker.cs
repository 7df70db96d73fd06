using Teralog.Abstractions;

namespace Teralog.Broker.Tests.Groups;

/// <summary>A cluster of one, on one listener.</summary>
internal sealed class OneBroker : IClusterView
{
    public string ClusterId => "AAAAAAAAAAAAAAAAAAAAAA";

    public int NodeId => 1;

    public int ControllerId => 1;

    public IReadOnlyList<BrokerEndpoint> Brokers(string listenerName) =>
        listenerName == "PLAINTEXT" ? [new BrokerEndpoint(1, "127.0.0.1", 9092, null)] : [];

    public void Advertise(ListenerSpec listener) => throw new NotSupportedException();
}
