using System.Buffers.Binary;
using Teralog.Records;

namespace Teralog.Storage;

/// <summary>
/// Producers of one partition (KIP-98): a pure function of the log's prefix, so that it comes out
/// the same from a live broker, from a snapshot with the tail replayed, and from the whole log.
/// Only the log's writer touches it.
/// </summary>
internal sealed class ProducerTable
{
    private readonly Dictionary<long, ProducerEntry> _entries = [];
    private readonly SortedSet<long> _openTransactions = [];

    internal IReadOnlyCollection<ProducerEntry> Entries => _entries.Values;

    /// <summary>First offset of the earliest open transaction; null where none is open.</summary>
    internal long? FirstOpenOffset =>
        _openTransactions.Count == 0 ? null : _openTransactions.Min;

    /// <summary>The pure check of a client's batch against what is known.</summary>
    internal ProducerCheck Check(in BatchHeader batch)
    {
        if (!batch.HasProducerId
            || !_entries.TryGetValue(batch.ProducerId, out ProducerEntry? entry)
            || entry.Epoch == BatchFormat.NoProducerEpoch)
            return new ProducerCheck(ProducerCheckStatus.Ok);

        if (batch.ProducerEpoch < entry.Epoch)
            return new ProducerCheck(ProducerCheckStatus.InvalidProducerEpoch);
        if (batch.ProducerEpoch > entry.Epoch)
            return CheckNext(batch.BaseSequence, BatchFormat.NoSequence);
        if (entry.TryFind(batch.BaseSequence, batch.LastSequence, out ProducerBatch found))
        {
            return new ProducerCheck(ProducerCheckStatus.Duplicate,
                found.BaseOffset, found.LastOffset, found.TimestampMs);
        }

        return CheckNext(batch.BaseSequence, entry.LastSequence);
    }

    /// <summary>Takes over what an appended or replayed batch says.</summary>
    internal void Update(in BatchHeader batch)
    {
        if (!batch.HasProducerId)
            return;

        if (!_entries.TryGetValue(batch.ProducerId, out ProducerEntry? entry))
        {
            entry = new ProducerEntry(batch.ProducerId);
            _entries.Add(batch.ProducerId, entry);
        }

        if (batch.IsControl)
            EndTransaction(entry, batch);
        else
            AddData(entry, batch);
    }

    internal void Restore(ProducerEntry entry)
    {
        _entries[entry.ProducerId] = entry;
        if (entry.OpenTransactionOffset >= 0)
            _openTransactions.Add(entry.OpenTransactionOffset);
    }

    /// <summary>Forgets producers without an open transaction that wrote too long ago.</summary>
    internal void Expire(long nowMs, long expirationMs)
    {
        foreach (ProducerEntry entry in _entries.Values)
        {
            if (entry.OpenTransactionOffset < 0 && nowMs - entry.LastTimestampMs >= expirationMs)
                _entries.Remove(entry.ProducerId);
        }
    }

    private static ProducerCheck CheckNext(int firstSequence, int lastSequence)
    {
        bool isNext = firstSequence == lastSequence + 1L
            || (firstSequence == 0 && lastSequence == int.MaxValue);
        return new ProducerCheck(
            isNext ? ProducerCheckStatus.Ok : ProducerCheckStatus.OutOfOrderSequence);
    }

    private void AddData(ProducerEntry entry, in BatchHeader batch)
    {
        entry.MoveToEpoch(batch.ProducerEpoch);
        entry.LastTimestampMs = batch.MaxTimestampMs;
        if (batch.BaseSequence != BatchFormat.NoSequence)
        {
            entry.Add(new ProducerBatch(
                batch.LastSequence, batch.LastOffset, batch.LastOffsetDelta,
                batch.MaxTimestampMs));
        }

        if (batch.IsTransactional && entry.OpenTransactionOffset < 0)
        {
            entry.OpenTransactionOffset = batch.BaseOffset;
            _openTransactions.Add(batch.BaseOffset);
        }
    }

    // A marker's key is version and type; types 0 and 1 are abort and commit.
    private void EndTransaction(ProducerEntry entry, in BatchHeader batch)
    {
        var reader = new RecordReader(batch);
        if (!reader.TryRead(out RecordView marker) || marker.Key.Span.Length < 4
            || marker.Value.Span.Length < 6
            || BinaryPrimitives.ReadInt16BigEndian(marker.Key.Span[2..]) is not (0 or 1))
            return;

        entry.MoveToEpoch(batch.ProducerEpoch);
        entry.CoordinatorEpoch = BinaryPrimitives.ReadInt32BigEndian(marker.Value.Span[2..]);
        entry.LastTimestampMs = marker.TimestampMs;
        _openTransactions.Remove(entry.OpenTransactionOffset);
        entry.OpenTransactionOffset = -1;
    }
}
