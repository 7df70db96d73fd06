using System.Diagnostics.CodeAnalysis;
using Teralog.Records;
using Teralog.Records.Wire;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// An API that is not hot: the generated request is read, <see cref="HandleAsync"/> translates it
/// into broker calls and gives the generated response, and that is written at its turn. To add
/// one: a numbered file with a subclass, and a line in <see cref="ApiTable"/>.
/// </summary>
/// <param name="name">Kafka's name of the API.</param>
/// <param name="first">Lowest version served.</param>
/// <param name="last">Highest version served.</param>
[SuppressMessage("Design", "CA1000", Justification = "Not a public type.")]
internal abstract class ColdApi<TRequest, TResponse>(string name, short first, short last)
    : Api(name, TRequest.ApiKey, first, last, TRequest.FlexibleFrom)
    where TRequest : class, IWireMessage, new()
    where TResponse : class, IWireMessage, new()
{
    /// <inheritdoc/>
    public sealed override PendingResponse? Begin(
        in RequestFrame frame, KafkaConnection connection)
    {
        var version = BodyVersion(frame.Version);
        Invariant.That(version >= TRequest.VersionMin && version <= TRequest.VersionMax);
        var reader = new WireReader(frame.Bytes[frame.BodyStart..]);
        var request = new TRequest();
        ReadBody(request, ref reader, frame.Version);
        if (reader.Failed)
            return null;
        var context = new RequestContext(this, frame.Version, frame.CorrelationId, connection);
        var pending = new ColdPending<TResponse>(context, version, frame.Bytes.Length);
        pending.Start(HandleAsync(request, context));
        return pending;
    }

    /// <summary>
    /// Answers one request. It runs on the loop thread up to its first wait, so it must not block;
    /// after a wait it may be on any thread and must not touch the connection.
    /// </summary>
    protected abstract ValueTask<TResponse> HandleAsync(TRequest request, RequestContext context);

    /// <summary>The version that the response is written in.</summary>
    protected virtual short BodyVersion(short requestVersion) => requestVersion;

    /// <summary>Reads the body; ApiVersions has versions that it does not read.</summary>
    protected virtual void ReadBody(TRequest request, ref WireReader reader, short version) =>
        request.Read(ref reader, version);
}
