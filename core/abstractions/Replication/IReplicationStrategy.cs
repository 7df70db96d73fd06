namespace Teralog.Abstractions;

/// <summary>
/// Decides when an append counts. One per broker, chosen by configuration; opens one
/// <see cref="IPartitionReplica"/> beside each log.
/// </summary>
public interface IReplicationStrategy
{
    /// <summary>Name in configuration, for example <c>local</c>.</summary>
    string Name { get; }

    /// <summary>How many copies it can keep with the brokers there are now.</summary>
    int ReplicasMax { get; }

    /// <summary>Called once when the log is open, before the partition serves.</summary>
    IPartitionReplica Open(IReplicaContext context);
}
