using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// ListGroups (16), versions 0-5. 4: states, and a filter by them (KIP-518). 5: types likewise
/// (KIP-848). Filters ignore case; an empty one lets everything through.
/// </summary>
internal sealed class ListGroupsApi()
    : ColdApi<ListGroupsRequest, ListGroupsResponse>("ListGroups", first: 0, last: 5)
{
    /// <inheritdoc/>
    protected override ValueTask<ListGroupsResponse> HandleAsync(
        ListGroupsRequest request, RequestContext context)
    {
        var listing = context.Broker.Groups.List();
        var response = new ListGroupsResponse { ErrorCode = listing.Error.ToWire() };
        foreach (var group in listing.Groups)
        {
            var state = group.State.ToString();
            if (!Passes(request.StatesFilter, state)
                || !Passes(request.TypesFilter, group.GroupType))
                continue;
            response.Groups.Add(new()
            {
                GroupId = group.GroupId,
                ProtocolType = group.ProtocolType,
                GroupState = state,
                GroupType = group.GroupType,
            });
        }

        return ValueTask.FromResult(response);
    }

    private static bool Passes(List<string> filter, string value) =>
        filter.Count == 0 || filter.Contains(value, StringComparer.OrdinalIgnoreCase);
}
