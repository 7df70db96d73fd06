using Teralog.Abstractions;
using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// DescribeLogDirs (35), versions 1-5: log directories with their replicas and sizes. Null topics
/// mean all. 3: an error for the whole answer. 4: disk sizes (KIP-827). 5: cordoned directories
/// (KIP-1066), of which there are none.
/// </summary>
internal sealed class DescribeLogDirsApi()
    : ColdApi<DescribeLogDirsRequest, DescribeLogDirsResponse>(
        "DescribeLogDirs", first: 1, last: 5)
{
    /// <inheritdoc/>
    protected override ValueTask<DescribeLogDirsResponse> HandleAsync(
        DescribeLogDirsRequest request, RequestContext context)
    {
        var wanted = request.Topics?
            .SelectMany(topic => topic.Partitions.Select(index => (topic.Topic, index)))
            .ToHashSet();
        return new(new DescribeLogDirsResponse
        {
            Results = [.. context.Broker.LogDirectories.Describe().Select(
                directory => Describe(directory, wanted))],
        });
    }

    private static DescribeLogDirsResponse.Result Describe(
        LogDirectoryView directory, HashSet<(string Topic, int Index)>? wanted) => new()
        {
            ErrorCode = directory.Error.ToWire(),
            LogDir = directory.Path,
            TotalBytes = directory.TotalBytes,
            UsableBytes = directory.UsableBytes,
            Topics = [.. directory.Replicas
                .Where(replica => wanted?.Contains((replica.Topic, replica.Partition)) ?? true)
                .GroupBy(replica => replica.Topic)
                .Select(topic => new DescribeLogDirsResponse.Topic
                {
                    Name = topic.Key,
                    Partitions = [.. topic.Select(Describe)],
                })],
        };

    private static DescribeLogDirsResponse.Partition Describe(ReplicaSize replica) => new()
    {
        PartitionIndex = replica.Partition,
        PartitionSize = replica.SizeBytes,
        OffsetLag = replica.Lag,
    };
}
