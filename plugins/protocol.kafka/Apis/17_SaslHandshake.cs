using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// SaslHandshake (17), versions 0-1: answered as on a listener without SASL, with
/// ILLEGAL_SASL_STATE, so that a client with the wrong settings gets a sentence, not a closed
/// connection.
/// </summary>
internal sealed class SaslHandshakeApi()
    : ColdApi<SaslHandshakeRequest, SaslHandshakeResponse>("SaslHandshake", first: 0, last: 1)
{
    /// <inheritdoc/>
    protected override ValueTask<SaslHandshakeResponse> HandleAsync(
        SaslHandshakeRequest request, RequestContext context)
    {
        context.LogRefused(ErrorCode.IllegalSaslState, "the listener has no SASL");
        return new(new SaslHandshakeResponse { ErrorCode = (short)ErrorCode.IllegalSaslState });
    }
}
