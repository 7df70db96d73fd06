using Teralog.Abstractions;
using Teralog.Records;
using Teralog.Storage;

namespace Teralog.Broker;

/// <summary>
/// One partition that this broker leads: its log, its replication state, and those who wait for
/// either. One writer at a time: the writer lock is held for the last checks and the append, never
/// while a completion or a waiter is called. Lock order: sync gate, writer lock, then the lock of
/// the acknowledgements, of the sync queue, or of the watches.
/// </summary>
internal sealed partial class Partition : PartitionHandle, IReplicaContext
{
    private readonly PartitionServices _services;
    private readonly LogDirectory _directory;
    private readonly Log _log;
    private readonly IPartitionReplica _replica;
    private readonly Lock _writer = new();
    private readonly Lock _syncGate = new();
    private readonly PendingAcknowledgements _pending = new();
    private volatile TopicSettings _settings;
    private volatile PartitionState _state = PartitionState.Online;

    /// <summary>
    /// Takes over an open log: begins a new leader epoch at its end, durably, before anything can
    /// be appended or answered in it (KAFKA-7415).
    /// </summary>
    internal Partition(
        TopicIdentity topic, int index, Log log, LogDirectory directory, TopicSettings settings,
        PartitionServices services)
    {
        (Topic, TopicId, IsInternal) = (topic.Name, topic.Id, topic.IsInternal);
        Index = index;
        (_log, _directory, _settings, _services) = (log, directory, settings, services);
        LeaderEpoch = log.LatestEpoch + 1;
        Invariant.That(LeaderEpoch >= 0);
        if (!log.AssignEpoch(LeaderEpoch, log.LogEndOffset))
            throw new StorageException($"The leader epoch of {log.FolderName} cannot be written.");

        _replica = services.Replication.Open(this);
    }

    /// <inheritdoc/>
    public override string Topic { get; }

    /// <inheritdoc/>
    public override Guid TopicId { get; }

    /// <inheritdoc/>
    public override int Index { get; }

    /// <inheritdoc/>
    public override int LeaderEpoch { get; }

    int IReplicaContext.Partition => Index;

    /// <inheritdoc/>
    public long LogStartOffset => _log.LogStartOffset;

    /// <inheritdoc/>
    public long LogEndOffset => _log.LogEndOffset;

    /// <inheritdoc/>
    public long SyncedOffset => _log.RecoveryPoint;

    /// <summary>Whether only the broker itself may write to it.</summary>
    internal bool IsInternal { get; }

    /// <summary>What readers may see, exclusive.</summary>
    internal long HighWatermark => _replica.Committed;

    internal long SizeBytes => _log.SizeBytes;

    internal LogDirectory Directory => _directory;

    internal TopicSettings Settings => _settings;

    internal WatchList Watches { get; } = new();

    /// <summary>Why calls are refused now, or None.</summary>
    internal BrokerError StateError => _state switch
    {
        PartitionState.Online => BrokerError.None,
        PartitionState.Closed => BrokerError.BrokerNotAvailable,
        _ => BrokerError.UnknownTopicOrPartition,
    };

    /// <inheritdoc/>
    public void Advanced()
    {
        // The appending thread looks for itself, once it has let go of the lock.
        if (_writer.IsHeldByCurrentThread || _replica is null)
            return;

        Settle();
    }

    /// <summary>Puts new settings in force.</summary>
    internal void UpdateSettings(TopicSettings settings)
    {
        lock (_writer)
        {
            _settings = settings;
            if (_state == PartitionState.Online)
                _log.UpdateConfig(settings.LogOf(TopicId, Index));
        }
    }

    /// <summary>Ends it with its topic: whoever waits is told.</summary>
    internal void MarkDeleted() => End(
        PartitionState.Deleted, BrokerError.UnknownTopicOrPartition, "The topic was deleted.");

    /// <summary>Ends it, and its files go.</summary>
    internal void Delete()
    {
        MarkDeleted();
        lock (_syncGate)
        {
            _replica.Dispose();
            _log.Delete();
        }
    }

    /// <summary>Takes no more work; the log directory closes the log afterwards.</summary>
    internal void Close()
    {
        lock (_syncGate)
        {
            if (_state == PartitionState.Online && !_log.HasFailed)
                RunSyncLocked();
        }

        End(PartitionState.Closed, BrokerError.StorageFailedAfterAppend, "The broker stopped.");
        _replica.Dispose();
    }

    private void End(PartitionState state, BrokerError error, string message)
    {
        lock (_writer)
            _state = state;
        _pending.FailAll(error, message);
        Watches.Look();
    }

    private void Settle()
    {
        if (!_pending.IsEmpty)
            _pending.Settle(_replica.Acknowledged);
        Watches.Look();
    }
}
