using System.Net;
using Teralog.Abstractions;

namespace Teralog.Protocol.Kafka;

/// <summary>What a cold handler may know of its request beside the body. Safe on any thread.
/// </summary>
internal sealed class RequestContext(
    Api api, short version, int correlationId, KafkaConnection connection)
{
    public short Version => version;

    public int CorrelationId => correlationId;

    public Api Api => api;

    public IBroker Broker => connection.Services.Broker;

    public KafkaServices Services => connection.Services;

    public KafkaConnection Connection => connection;

    /// <summary>The client id; empty where the client gave none.</summary>
    public string ClientId { get; } = connection.ClientId;

    public IPEndPoint Peer => connection.Connection.Peer;

    /// <summary>The listener that the client dialled: metadata names endpoints of the same.
    /// </summary>
    public string ListenerName => connection.Connection.ListenerName;

    /// <summary>Cancelled when the connection closes. Changes go on; only the wait ends.</summary>
    public CancellationToken Closed { get; } = connection.Closed;

    /// <summary>Says in the log why a request was refused; one line a request.</summary>
    public void LogRefused(ErrorCode error, string reason) =>
        ConnectionLog.Refused(
            Services.Logger, api.Name, version, Peer, ClientId, error, reason);
}
