using Teralog.Abstractions;
using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// LeaveGroup (13), versions 0-5.
/// </summary>
/// <remarks>
/// 0-2: one member, whose error is the answer's. 3: several, each with its error; a static member
/// may be named by its instance id alone (KIP-345). 5: a reason (KIP-800).
/// </remarks>
internal sealed class LeaveGroupApi()
    : ColdApi<LeaveGroupRequest, LeaveGroupResponse>("LeaveGroup", first: 0, last: 5)
{
    private const short SeveralMembersFrom = 3;

    /// <inheritdoc/>
    protected override async ValueTask<LeaveGroupResponse> HandleAsync(
        LeaveGroupRequest request, RequestContext context)
    {
        List<LeavingMember> leaving = context.Version < SeveralMembersFrom
            ? [new(request.MemberId, null, null)]
            : [.. request.Members.Select(member => new LeavingMember(
                member.MemberId, member.GroupInstanceId, member.Reason))];
        var result = await context.Broker.Groups.LeaveAsync(
            request.GroupId, leaving, context.Closed).ConfigureAwait(false);
        var response = new LeaveGroupResponse { ErrorCode = result.Error.ToWire() };
        if (result.Error != BrokerError.None)
            return response;
        if (context.Version < SeveralMembersFrom)
        {
            response.ErrorCode = result.Members[0].ToWire();
            return response;
        }

        response.Members.AddRange(leaving.Zip(result.Members, (member, error) =>
            new LeaveGroupResponse.Member
            {
                MemberId = member.MemberId,
                GroupInstanceId = member.InstanceId,
                ErrorCode = error.ToWire(),
            }));
        return response;
    }
}
