using System.Globalization;
using System.Text;
using Teralog.Abstractions;
using Teralog.Metadata;

namespace Teralog.Broker;

/// <summary>
/// Producer ids from durable blocks: a block is taken by compare-and-set before its first id is
/// given out, so no id is ever given twice; a restart leaves the rest of a block unused.
/// </summary>
internal sealed class ProducerIds(IMetadataStore store, WorkQueue admin) : IProducerIds
{
    private readonly Lock _lock = new();
    private long _next;
    private long _end;

    /// <inheritdoc/>
    public ValueTask<ProducerIdResult> InitAsync(CancellationToken cancellationToken)
    {
        if (TryTake(out long id))
            return ValueTask.FromResult(new ProducerIdResult(BrokerError.None, id, 0));

        return admin.RunAsync(
            TakeFromNewBlock, Failed(BrokerError.BrokerNotAvailable), cancellationToken);
    }

    private bool TryTake(out long id)
    {
        lock (_lock)
        {
            id = _next;
            if (_next == _end)
                return false;

            _next++;
            return true;
        }
    }

    private ProducerIdResult TakeFromNewBlock()
    {
        for (int attempt = 0; attempt < Limits.MetadataAttemptsMax; attempt++)
        {
            if (TryTake(out long id))
                return new(BrokerError.None, id, 0);

            long start = store.Get(MetadataKeys.ProducerIds) is { } entry
                ? long.Parse(
                    Encoding.ASCII.GetString(entry.Value.Span), CultureInfo.InvariantCulture)
                : 0;
            string next = (start + Limits.ProducerIdBlock).ToString(CultureInfo.InvariantCulture);
            TopicResult committed = store.CommitNow(new MetadataTransaction()
                .RequireAsSeen(store, MetadataKeys.ProducerIds)
                .Put(MetadataKeys.ProducerIds, Encoding.ASCII.GetBytes(next)));
            if (committed.Error is BrokerError.StorageFailed or BrokerError.TimedOut)
                return Failed(BrokerError.CoordinatorNotAvailable);
            if (committed.Error != BrokerError.None)
                continue;

            lock (_lock)
                (_next, _end) = (start, start + Limits.ProducerIdBlock);
        }

        return Failed(BrokerError.CoordinatorNotAvailable);
    }

    private static ProducerIdResult Failed(BrokerError error) => new(error, -1, -1);
}
