using Teralog.Abstractions;
using Teralog.Protocol.Kafka.Messages;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// ListOffsets (2), versions 1-11: offsets by time or by place.
/// </summary>
/// <remarks>
/// 2: isolation level. 4: leader epochs (KIP-320). 7: -3 is the greatest timestamp (KIP-734).
/// 8: -4 is the local log start (KIP-405). 9: -5 is the last tiered offset (KIP-1005). 11: -6 is
/// the first offset that is not tiered (KIP-1023). A place that is newer than the request's
/// version is UNSUPPORTED_VERSION; a partition named twice is INVALID_REQUEST.
/// </remarks>
internal sealed class ListOffsetsApi()
    : ColdApi<ListOffsetsRequest, ListOffsetsResponse>("ListOffsets", first: 1, last: 11)
{
    private const int None = -1;

    /// <inheritdoc/>
    protected override ValueTask<ListOffsetsResponse> HandleAsync(
        ListOffsetsRequest request, RequestContext context)
    {
        var twice = Repeated.Of(
            request.Topics.SelectMany(topic => topic.Partitions.Select(
                partition => (topic.Name, partition.PartitionIndex))),
            named => named);
        var isolation = (Isolation)Math.Clamp(request.IsolationLevel, (sbyte)0, (sbyte)1);
        return new(new ListOffsetsResponse
        {
            Topics = [.. request.Topics.Select(topic => new ListOffsetsResponse.Topic
            {
                Name = topic.Name,
                Partitions = [.. topic.Partitions.Select(partition =>
                    twice.Contains((topic.Name, partition.PartitionIndex))
                        ? Failed(partition.PartitionIndex, ErrorCode.InvalidRequest)
                        : Look(context, topic.Name, partition, isolation))],
            })],
        });
    }

    private static ListOffsetsResponse.Partition Look(
        RequestContext context, string topic, ListOffsetsRequest.Partition asked,
        Isolation isolation)
    {
        if (!TryPlace(asked.Timestamp, context.Version, out var place))
            return Failed(asked.PartitionIndex, ErrorCode.UnsupportedVersion);
        var partition = context.Broker.FindPartition(topic, asked.PartitionIndex);
        if (partition is null)
            return Failed(asked.PartitionIndex, ErrorCode.UnknownTopicOrPartition);
        var found = context.Broker.LookupOffset(
            partition, new(place, asked.Timestamp, isolation, asked.CurrentLeaderEpoch));
        if (found.Error != BrokerError.None)
            return Failed(asked.PartitionIndex, found.Error.ToCode());
        return new()
        {
            PartitionIndex = asked.PartitionIndex,
            Timestamp = found.TimestampMs,
            Offset = found.Offset,
            LeaderEpoch = found.LeaderEpoch,
        };
    }

    /// <summary>False: the place is known, but only from a later version on.</summary>
    internal static bool TryPlace(long timestamp, short version, out OffsetPlace place)
    {
        (place, var since) = timestamp switch
        {
            -1 => (OffsetPlace.Latest, 0),
            -2 => (OffsetPlace.Earliest, 0),
            -3 => (OffsetPlace.MaxTimestamp, 7),
            -4 => (OffsetPlace.EarliestLocal, 8),
            -5 or -6 => (OffsetPlace.LatestTiered, timestamp == -5 ? 9 : 11),
            _ => (OffsetPlace.AtOrAfterTimestamp, 0),
        };
        return version >= since;
    }

    private static ListOffsetsResponse.Partition Failed(int index, ErrorCode error) => new()
    {
        PartitionIndex = index,
        ErrorCode = (short)error,
        Timestamp = None,
        Offset = None,
        LeaderEpoch = None,
    };
}
