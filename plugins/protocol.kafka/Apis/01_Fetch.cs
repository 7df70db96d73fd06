using Teralog.Protocol.Kafka.Messages;
using Teralog.Records.Wire;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// Fetch (1), versions 4-18: record batches as they stand in the log, by sendfile.
/// </summary>
/// <remarks>
/// A fetch that finds fewer than its least bytes is parked until the broker wakes it or its time
/// is over. 5: log start offset. 7: fetch sessions (KIP-227). 9: leader epochs (KIP-320). 10:
/// below it a topic whose compression is zstd is refused. 11: rack, ignored. 12: flexible. 13:
/// topic ids (KIP-516). 15 to 18 change what followers say. A replica id is ignored: no broker
/// fetches here.
/// </remarks>
internal sealed class FetchApi()
    : Api("Fetch", FetchRequest.ApiKey, first: 4, last: 18, FetchRequest.FlexibleFrom)
{
    /// <inheritdoc/>
    public override PendingResponse? Begin(in RequestFrame frame, KafkaConnection connection)
    {
        var pending = connection.Loop.Fetches.Take();
        pending.Open(connection, frame.Version, frame.CorrelationId);
        var reader = new WireReader(frame.Bytes[frame.BodyStart..]);
        if (!FetchWalker.Walk(ref reader, frame.Version, pending))
        {
            pending.Abandon();
            return null;
        }
        pending.Start();
        return pending;
    }
}
