using Teralog.Abstractions;
using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// DeleteGroups (42), versions 0-2: groups without members, with their offsets.
/// </summary>
internal sealed class DeleteGroupsApi()
    : ColdApi<DeleteGroupsRequest, DeleteGroupsResponse>("DeleteGroups", first: 0, last: 2)
{
    /// <inheritdoc/>
    protected override async ValueTask<DeleteGroupsResponse> HandleAsync(
        DeleteGroupsRequest request, RequestContext context)
    {
        var response = new DeleteGroupsResponse();
        foreach (var groupId in request.GroupsNames.Distinct())
        {
            var error = await context.Broker.Groups.DeleteAsync(groupId, context.Closed)
                .ConfigureAwait(false);
            if (error != BrokerError.None)
                context.LogRefused(error.ToCode(), $"group {groupId}");
            response.Results.Add(new() { GroupId = groupId, ErrorCode = error.ToWire() });
        }

        return response;
    }
}
