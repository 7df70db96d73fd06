using Teralog.Abstractions;
using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// FindCoordinator (10), versions 0-6: the broker that coordinates a group or a transactional id.
/// </summary>
/// <remarks>
/// 0: groups only. 1: a key type. 4: several keys (KIP-699). 5, 6: transactions 2 and share groups;
/// share groups are not served: INVALID_REQUEST, as Kafka answers where they are off.
/// </remarks>
internal sealed class FindCoordinatorApi()
    : ColdApi<FindCoordinatorRequest, FindCoordinatorResponse>(
        "FindCoordinator", first: 0, last: 6)
{
    private const short SeveralKeysFrom = 4;
    private const int NoNode = -1;

    /// <inheritdoc/>
    protected override ValueTask<FindCoordinatorResponse> HandleAsync(
        FindCoordinatorRequest request, RequestContext context)
    {
        var response = new FindCoordinatorResponse();
        if (context.Version >= SeveralKeysFrom)
        {
            foreach (var key in request.CoordinatorKeys)
                response.Coordinators.Add(Find(key, request.KeyType, context));
            return ValueTask.FromResult(response);
        }

        var found = Find(request.Key, request.KeyType, context);
        response.ErrorCode = found.ErrorCode;
        response.ErrorMessage = found.ErrorMessage;
        response.NodeId = found.NodeId;
        response.Host = found.Host;
        response.Port = found.Port;
        return ValueTask.FromResult(response);
    }

    private static FindCoordinatorResponse.Coordinator Find(
        string key, sbyte keyType, RequestContext context)
    {
        var kind = (CoordinatorKind)keyType;
        var result = kind is CoordinatorKind.Group or CoordinatorKind.Transaction
            ? context.Broker.Groups.FindCoordinator(kind, key, context.ListenerName)
            : new CoordinatorResult(
                BrokerError.InvalidRequest, "Only groups and transactions are coordinated.", null);
        return new()
        {
            Key = key,
            ErrorCode = result.Error.ToWire(),
            ErrorMessage = result.Message,
            NodeId = result.Broker?.NodeId ?? NoNode,
            Host = result.Broker?.Host ?? "",
            Port = result.Broker?.Port ?? NoNode,
        };
    }
}
