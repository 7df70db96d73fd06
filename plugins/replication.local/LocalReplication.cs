using Teralog.Abstractions;

namespace Teralog.Replication.Local;

/// <summary>One copy. Readers see what was appended; acks=all waits for the disk, if
/// asked.</summary>
internal sealed class LocalReplication(bool syncBeforeAcknowledging) : IReplicationStrategy
{
    public string Name => "local";

    public int ReplicasMax => 1;

    public IPartitionReplica Open(IReplicaContext context) =>
        new LocalReplica(context, syncBeforeAcknowledging);
}
