using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// InitProducerId (22), versions 0-5: producer ids for idempotent producers.
/// </summary>
/// <remarks>
/// A transactional id is refused with UNSUPPORTED_VERSION: transactions are not served yet. 3: a
/// producer may bring its id (KIP-360); without a transactional id it gets a new one all the same.
/// </remarks>
internal sealed class InitProducerIdApi()
    : ColdApi<InitProducerIdRequest, InitProducerIdResponse>("InitProducerId", first: 0, last: 5)
{
    /// <inheritdoc/>
    protected override async ValueTask<InitProducerIdResponse> HandleAsync(
        InitProducerIdRequest request, RequestContext context)
    {
        if (request.TransactionalId is { } transactionalId)
            return Refuse(transactionalId, context);
        var result = await context.Broker.ProducerIds.InitAsync(context.Closed)
            .ConfigureAwait(false);
        return new()
        {
            ErrorCode = result.Error.ToWire(),
            ProducerId = result.ProducerId,
            ProducerEpoch = result.Epoch,
        };
    }

    private static InitProducerIdResponse Refuse(string transactionalId, RequestContext context)
    {
        var error = transactionalId.Length == 0
            ? ErrorCode.InvalidRequest
            : ErrorCode.UnsupportedVersion;
        context.LogRefused(
            error, $"transactional id '{transactionalId}': transactions are not served yet");
        return new() { ErrorCode = (short)error, ProducerId = -1, ProducerEpoch = -1 };
    }
}
