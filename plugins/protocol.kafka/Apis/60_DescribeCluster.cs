using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// DescribeCluster (60), versions 0-2: id, controller and brokers (KIP-700). 1: endpoint types
/// (KIP-919); controllers are not listed by a broker's listener. 2: fenced brokers, of which there
/// are none.
/// </summary>
internal sealed class DescribeClusterApi()
    : ColdApi<DescribeClusterRequest, DescribeClusterResponse>(
        "DescribeCluster", first: 0, last: 2)
{
    private const sbyte Brokers = 1;
    private const sbyte Controllers = 2;

    /// <inheritdoc/>
    protected override ValueTask<DescribeClusterResponse> HandleAsync(
        DescribeClusterRequest request, RequestContext context)
    {
        var response = new DescribeClusterResponse { EndpointType = request.EndpointType };
        if (request.EndpointType == Brokers)
            Describe(request, response, context);
        else
        {
            response.ErrorCode = (short)(request.EndpointType == Controllers
                ? ErrorCode.MismatchedEndpointType
                : ErrorCode.UnsupportedEndpointType);
            response.ErrorMessage = "This listener describes brokers.";
        }
        return new(response);
    }

    private static void Describe(
        DescribeClusterRequest request, DescribeClusterResponse response, RequestContext context)
    {
        var cluster = context.Broker.Cluster;
        response.ClusterId = cluster.ClusterId;
        response.ControllerId = cluster.ControllerId;
        response.Brokers = [.. cluster.Brokers(context.ListenerName).Select(broker =>
            new DescribeClusterResponse.Broker
            {
                BrokerId = broker.NodeId,
                Host = broker.Host,
                Port = broker.Port,
                Rack = broker.Rack,
            })];
        if (request.IncludeClusterAuthorizedOperations)
            response.ClusterAuthorizedOperations = AuthorizedOperations.OnCluster;
    }
}
