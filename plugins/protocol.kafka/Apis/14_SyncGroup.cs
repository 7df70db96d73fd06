using Teralog.Abstractions;
using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// SyncGroup (14), versions 0-5: the answer comes when the leader's assignment is durable.
/// </summary>
/// <remarks>
/// 3: static members (KIP-345). 5: protocol type and name must be given and be the group's.
/// </remarks>
internal sealed class SyncGroupApi()
    : ColdApi<SyncGroupRequest, SyncGroupResponse>("SyncGroup", first: 0, last: 5)
{
    private const short ProtocolFrom = 5;

    /// <inheritdoc/>
    protected override async ValueTask<SyncGroupResponse> HandleAsync(
        SyncGroupRequest request, RequestContext context)
    {
        if (context.Version >= ProtocolFrom
            && (request.ProtocolType is null || request.ProtocolName is null))
            return new() { ErrorCode = BrokerError.InconsistentGroupProtocol.ToWire() };
        var result = await context.Broker.Groups.SyncAsync(
            new SyncGroup(
                new GroupMember(
                    request.GroupId, request.GenerationId, request.MemberId,
                    request.GroupInstanceId),
                request.ProtocolType, request.ProtocolName,
                [.. request.Assignments.Select(
                    one => KeyValuePair.Create(one.MemberId, one.Assignment))]),
            context.Closed).ConfigureAwait(false);
        return new()
        {
            ErrorCode = result.Error.ToWire(),
            ProtocolType = result.ProtocolType,
            ProtocolName = result.ProtocolName,
            Assignment = result.Assignment,
        };
    }
}
