namespace Teralog.Abstractions;

/// <summary>What a replica sees of its partition. All members may be called from any
/// thread.</summary>
public interface IReplicaContext
{
    /// <summary>Topic name.</summary>
    string Topic { get; }

    /// <summary>Partition number.</summary>
    int Partition { get; }

    /// <summary>First offset of the log.</summary>
    long LogStartOffset { get; }

    /// <summary>Offset after the last record in the log.</summary>
    long LogEndOffset { get; }

    /// <summary>Everything below is on disk for certain.</summary>
    long SyncedOffset { get; }

    /// <summary>
    /// Asks for a group-commit sync that covers everything appended so far;
    /// <see cref="IPartitionReplica.OnSynced"/> follows from a sync thread. Cheap to repeat.
    /// </summary>
    void RequestSync();

    /// <summary>Says that <see cref="IPartitionReplica.Committed"/> or
    /// <see cref="IPartitionReplica.Acknowledged"/> moved: waiters are looked at.</summary>
    void Advanced();
}
