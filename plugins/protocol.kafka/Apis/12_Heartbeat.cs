using Teralog.Abstractions;
using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// Heartbeat (12), versions 0-4. 3: static members (KIP-345).
/// </summary>
internal sealed class HeartbeatApi()
    : ColdApi<HeartbeatRequest, HeartbeatResponse>("Heartbeat", first: 0, last: 4)
{
    /// <inheritdoc/>
    protected override async ValueTask<HeartbeatResponse> HandleAsync(
        HeartbeatRequest request, RequestContext context)
    {
        var error = await context.Broker.Groups.HeartbeatAsync(
            new GroupMember(
                request.GroupId, request.GenerationId, request.MemberId,
                request.GroupInstanceId),
            context.Closed).ConfigureAwait(false);
        return new() { ErrorCode = error.ToWire() };
    }
}
