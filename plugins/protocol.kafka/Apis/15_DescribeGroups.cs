using Teralog.Abstractions;
using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// DescribeGroups (15), versions 0-6.
/// </summary>
/// <remarks>
/// 3: authorized operations (KIP-430). 4: instance ids. 6: a group that does not exist is
/// GROUP_ID_NOT_FOUND (KIP-1043); before it is described as Dead.
/// </remarks>
internal sealed class DescribeGroupsApi()
    : ColdApi<DescribeGroupsRequest, DescribeGroupsResponse>("DescribeGroups", first: 0, last: 6)
{
    private const short NotFoundFrom = 6;

    /// <inheritdoc/>
    protected override ValueTask<DescribeGroupsResponse> HandleAsync(
        DescribeGroupsRequest request, RequestContext context)
    {
        var response = new DescribeGroupsResponse();
        foreach (var groupId in request.Groups)
        {
            var group = Describe(context.Broker.Groups.Describe(groupId), context.Version);
            group.AuthorizedOperations = request.IncludeAuthorizedOperations
                ? AuthorizedOperations.OnGroup
                : AuthorizedOperations.NotAsked;
            response.Groups.Add(group);
        }

        return ValueTask.FromResult(response);
    }

    private static DescribeGroupsResponse.DescribedGroup Describe(
        GroupDescription group, short version)
    {
        var isMissing = group.Error == BrokerError.None && group.State == GroupState.Dead
            && version >= NotFoundFrom;
        var error = isMissing ? BrokerError.GroupNotFound : group.Error;
        return new()
        {
            ErrorCode = error.ToWire(),
            ErrorMessage = isMissing ? $"Group {group.GroupId} not found." : null,
            GroupId = group.GroupId,
            GroupState = group.Error == BrokerError.None ? group.State.ToString() : "",
            ProtocolType = group.ProtocolType,
            ProtocolData = group.ProtocolName,
            Members = [.. group.Members.Select(ToMember)],
        };
    }

    private static DescribeGroupsResponse.DescribedGroupMember ToMember(
        GroupMemberDescription member) => new()
        {
            MemberId = member.MemberId,
            GroupInstanceId = member.InstanceId,
            ClientId = member.ClientId,
            ClientHost = member.ClientHost,
            MemberMetadata = member.Metadata,
            MemberAssignment = member.Assignment,
        };
}
