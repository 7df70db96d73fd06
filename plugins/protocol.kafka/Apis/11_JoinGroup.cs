using Teralog.Abstractions;
using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// JoinGroup (11), versions 0-9: the answer comes when the join phase is over.
/// </summary>
/// <remarks>
/// 0: the session timeout is the rebalance timeout too. 4: a new member is given an id first
/// (KIP-394). 5: static members (KIP-345). 7: the protocol type in the answer, and null protocol
/// names on errors. 8: a reason (KIP-800). 9: a leader may be told to skip the assignment
/// (KIP-814).
/// </remarks>
internal sealed class JoinGroupApi()
    : ColdApi<JoinGroupRequest, JoinGroupResponse>("JoinGroup", first: 0, last: 9)
{
    private const short RebalanceTimeoutFrom = 1;
    private const short KnownMemberIdFrom = 4;
    private const short SkipAssignmentFrom = 9;

    /// <inheritdoc/>
    protected override async ValueTask<JoinGroupResponse> HandleAsync(
        JoinGroupRequest request, RequestContext context)
    {
        var result = await context.Broker.Groups.JoinAsync(
            new JoinGroup(
                request.GroupId, request.MemberId, request.GroupInstanceId, request.ProtocolType,
                [.. request.Protocols.Select(one => new GroupProtocol(one.Name, one.Metadata))],
                request.SessionTimeoutMs,
                context.Version < RebalanceTimeoutFrom
                    ? request.SessionTimeoutMs
                    : request.RebalanceTimeoutMs,
                context.ClientId, $"/{context.Peer.Address}",
                RequiresKnownMemberId: context.Version >= KnownMemberIdFrom,
                SupportsSkippingAssignment: context.Version >= SkipAssignmentFrom, request.Reason),
            context.Closed).ConfigureAwait(false);
        return new()
        {
            ErrorCode = result.Error.ToWire(),
            GenerationId = result.GenerationId,
            ProtocolType = result.ProtocolType,
            ProtocolName = result.ProtocolName,
            Leader = result.LeaderId,
            SkipAssignment = result.SkipAssignment,
            MemberId = result.MemberId,
            Members =
            [
                .. (result.Members ?? []).Select(member => new JoinGroupResponse.Member
                {
                    MemberId = member.MemberId,
                    GroupInstanceId = member.InstanceId,
                    Metadata = member.Metadata,
                }),
            ],
        };
    }
}
