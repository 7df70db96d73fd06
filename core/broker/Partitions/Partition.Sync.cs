using Teralog.Abstractions;

namespace Teralog.Broker;

/// <summary>Group commit and what is due by time.</summary>
internal sealed partial class Partition
{
    private const int SyncIdle = 0;
    private const int SyncQueued = 1;
    private const int SyncRunning = 2;
    private const int SyncRunningAndWanted = 3;

    private int _syncState;
    private long _dirtySinceMs = -1;

    /// <inheritdoc/>
    public void RequestSync()
    {
        while (true)
        {
            int state = Volatile.Read(ref _syncState);
            if (state is SyncQueued or SyncRunningAndWanted)
                return;

            int next = state == SyncIdle ? SyncQueued : SyncRunningAndWanted;
            if (Interlocked.CompareExchange(ref _syncState, next, state) != state)
                continue;

            if (next == SyncQueued)
                _services.Syncs.Enqueue(this);
            return;
        }
    }

    /// <summary>On a sync thread: syncs, tells replication, and queues itself again where more was
    /// asked for meanwhile.</summary>
    internal void RunSync()
    {
        Volatile.Write(ref _syncState, SyncRunning);
        lock (_syncGate)
        {
            if (_state == PartitionState.Online)
                RunSyncLocked();
        }

        if (Interlocked.CompareExchange(ref _syncState, SyncIdle, SyncRunning) == SyncRunning)
            return;

        Volatile.Write(ref _syncState, SyncQueued);
        _services.Syncs.Enqueue(this);
    }

    /// <summary>From the upkeep thread: flush.ms.</summary>
    internal void FlushIfDue(long nowMs)
    {
        if (_settings.FlushMs == long.MaxValue || LogEndOffset == SyncedOffset)
            _dirtySinceMs = -1;
        else if (_dirtySinceMs < 0)
            _dirtySinceMs = nowMs;
        else if (nowMs - _dirtySinceMs >= _settings.FlushMs)
            RequestSync();
    }

    /// <summary>From the upkeep thread: answers acknowledgements that took too long.</summary>
    internal void ExpireAcknowledgements(long now)
    {
        if (!_pending.IsEmpty)
            _pending.Expire(now);
    }

    /// <summary>From the upkeep thread: lets old segments go.</summary>
    /// <returns>Segments deleted.</returns>
    internal int EnforceRetention(long nowMs)
    {
        lock (_writer)
        {
            return _state == PartitionState.Online && !_log.HasFailed
                ? _log.EnforceRetention(nowMs, HighWatermark)
                : 0;
        }
    }

    private void RunSyncLocked()
    {
        Storage.SyncResult synced = _log.Sync();
        if (synced.IsDurable)
        {
            _replica.OnSynced(synced.DurableOffset);
            return;
        }

        // Those who wait are told that the effect is unknown. A failed sync has ended the log
        // directory for good (reliability.md 0.2); a lack of descriptors or space has not, and the
        // next acks=all append asks again.
        _pending.FailAll(
            BrokerError.StorageFailedAfterAppend,
            "The sync to disk failed; the effect is unknown.");
    }
}
