using Teralog.Records;

namespace Teralog.Storage;

/// <summary>
/// What a partition knows of one producer: epoch, last batches, open transaction.
/// </summary>
internal sealed class ProducerEntry(long producerId)
{
    private ProducerBatches _batches;
    private int _count;
    private int _oldest;

    internal long ProducerId { get; } = producerId;

    internal short Epoch { get; private set; } = BatchFormat.NoProducerEpoch;

    internal int CoordinatorEpoch { get; set; } = -1;

    internal long LastTimestampMs { get; set; } = BatchFormat.NoTimestamp;

    internal long OpenTransactionOffset { get; set; } = -1;

    internal int BatchCount => _count;

    internal int LastSequence => _count == 0
        ? BatchFormat.NoSequence
        : Newest.LastSequence;

    internal ProducerBatch Newest => _batches[(_oldest + _count - 1) % Limits.ProducerBatchesMax];

    internal void MoveToEpoch(short epoch)
    {
        if (epoch == Epoch)
            return;

        Epoch = epoch;
        _count = 0;
        _oldest = 0;
    }

    internal void Add(ProducerBatch batch)
    {
        _batches[(_oldest + _count) % Limits.ProducerBatchesMax] = batch;
        if (_count < Limits.ProducerBatchesMax)
            _count++;
        else
            _oldest = (_oldest + 1) % Limits.ProducerBatchesMax;
    }

    internal bool TryFind(int firstSequence, int lastSequence, out ProducerBatch found)
    {
        for (int index = 0; index < _count; index++)
        {
            found = _batches[(_oldest + index) % Limits.ProducerBatchesMax];
            if (found.FirstSequence == firstSequence && found.LastSequence == lastSequence)
                return true;
        }

        found = default;
        return false;
    }
}
