using Teralog.Server.Messages;

namespace Teralog.Server.Client;

/// <summary>Where each partition's reading begins, and where its end is now.</summary>
internal sealed class OffsetFinder(KafkaClient client, ConsumeOptions options)
{
    private const short ListOffsetsVersion = 6;
    private const int OrdinaryConsumer = -1;

    public async Task<List<PartitionPlace>> FindAsync(
        MetadataResponse.Topic topic, CancellationToken cancellationToken)
    {
        var partitions = topic.Partitions
            .Where(p => options.Partition is null || p.PartitionIndex == options.Partition)
            .ToList();
        if (partitions.Count == 0)
            throw new ClientException(
                $"Topic {options.Topic} has no partition {options.Partition}.");
        var places = new List<PartitionPlace>();
        foreach (var leader in partitions.GroupBy(partition => partition.LeaderId))
        {
            var starts = await ListAsync(
                leader, ConsumeOptions.Beginning, cancellationToken).ConfigureAwait(false);
            var ends = await ListAsync(
                leader, ConsumeOptions.End, cancellationToken).ConfigureAwait(false);
            places.AddRange(leader.Select(one => Place(
                one, starts[one.PartitionIndex], ends[one.PartitionIndex])));
        }

        return places;
    }

    private PartitionPlace Place(MetadataResponse.Partition partition, long start, long end) => new(
        partition.PartitionIndex, partition.LeaderId, First(options.Start, start, end), end);

    internal static long First(long wanted, long start, long end) => wanted switch
    {
        ConsumeOptions.Beginning => start,
        ConsumeOptions.End => end,
        < ConsumeOptions.Beginning => Math.Max(start, end + (wanted - ConsumeOptions.Beginning)),
        _ => Math.Clamp(wanted, start, end),
    };

    private async Task<Dictionary<int, long>> ListAsync(
        IGrouping<int, MetadataResponse.Partition> leader, long timestamp,
        CancellationToken cancellationToken)
    {
        var broker = await client.BrokerAsync(leader.Key, cancellationToken).ConfigureAwait(false);
        var response = await broker.AskAsync<ListOffsetsRequest, ListOffsetsResponse>(
            new ListOffsetsRequest
            {
                ReplicaId = OrdinaryConsumer,
                Topics =
                [
                    new()
                    {
                        Name = options.Topic,
                        Partitions = leader.Select(one => new ListOffsetsRequest.Partition
                        {
                            PartitionIndex = one.PartitionIndex, Timestamp = timestamp,
                        }).ToList(),
                    },
                ],
            }, ListOffsetsVersion, cancellationToken).ConfigureAwait(false);
        var answers = response.Topics[0].Partitions;
        return answers.Find(one => one.ErrorCode != ErrorNames.None) is { } failed
            ? throw new ClientException($"Topic {options.Topic} partition "
                + $"{failed.PartitionIndex}: {ErrorNames.Of(failed.ErrorCode)}.")
            : answers.ToDictionary(one => one.PartitionIndex, one => one.Offset);
    }
}
