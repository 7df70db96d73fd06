namespace Teralog.Abstractions;

/// <summary>Who this broker is and which brokers there are. Snapshots; cheap to read.</summary>
public interface IClusterView
{
    /// <summary>Cluster id, base64url of a uuid without padding (22 characters).</summary>
    string ClusterId { get; }

    /// <summary>This broker's node id.</summary>
    int NodeId { get; }

    /// <summary>Node id of the controller.</summary>
    int ControllerId { get; }

    /// <summary>All live brokers as the named listener's clients should dial them.</summary>
    IReadOnlyList<BrokerEndpoint> Brokers(string listenerName);

    /// <summary>Called by a frontend when a listener is open, so that it is advertised.</summary>
    void Advertise(ListenerSpec listener);
}

/// <summary>One broker's address on one listener.</summary>
public sealed record BrokerEndpoint(int NodeId, string Host, int Port, string? Rack);
