using Teralog.Abstractions;

namespace Teralog.Replication.Local;

/// <summary>
/// Committed = appended. Acknowledged = synced (group commit), or appended where the page cache is
/// durable enough for the operator. Both only grow: the log end and the synced offset do.
/// </summary>
internal sealed class LocalReplica : IPartitionReplica
{
    private readonly IReplicaContext _context;
    private readonly bool _syncBeforeAcknowledging;
    private long _committed;
    private long _acknowledged;

    /// <summary>
    /// Whatever the log holds after recovery is committed: an earlier run appended it. It counts as
    /// acknowledged only as far as it is on disk for certain.
    /// </summary>
    public LocalReplica(IReplicaContext context, bool syncBeforeAcknowledging)
    {
        _context = context;
        _syncBeforeAcknowledging = syncBeforeAcknowledging;
        _committed = context.LogEndOffset;
        _acknowledged = syncBeforeAcknowledging ? context.SyncedOffset : _committed;
    }

    public long Committed => Volatile.Read(ref _committed);

    public long Acknowledged => Volatile.Read(ref _acknowledged);

    public void OnAppended(long endOffset, RequiredAcks acks)
    {
        Volatile.Write(ref _committed, endOffset);
        if (!_syncBeforeAcknowledging)
            Volatile.Write(ref _acknowledged, endOffset);
        else if (acks == RequiredAcks.All)
            _context.RequestSync();
        _context.Advanced();
    }

    public void OnSynced(long endOffset)
    {
        if (!_syncBeforeAcknowledging || !RaiseAcknowledged(endOffset)) return;
        _context.Advanced();
    }

    public void Dispose()
    {
    }

    /// <summary>Sync threads may report out of order: the greatest end wins.</summary>
    private bool RaiseAcknowledged(long endOffset)
    {
        long seen = Volatile.Read(ref _acknowledged);
        while (endOffset > seen)
        {
            long before = Interlocked.CompareExchange(ref _acknowledged, endOffset, seen);
            if (before == seen) return true;
            seen = before;
        }
        return false;
    }
}
