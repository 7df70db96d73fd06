using Teralog.Abstractions;

namespace Teralog.Protocol.Kafka.Tests;

/// <summary>Everything counts as soon as it is appended.</summary>
internal sealed class InstantReplication : IReplicationStrategy
{
    public string Name => "local";

    public int ReplicasMax => 1;

    public IPartitionReplica Open(IReplicaContext context) => new Replica(context);

    private sealed class Replica(IReplicaContext context) : IPartitionReplica
    {
        private long _endOffset = context.LogEndOffset;

        public long Committed => Volatile.Read(ref _endOffset);

        public long Acknowledged => Committed;

        public void OnAppended(long endOffset, RequiredAcks acks)
        {
            Volatile.Write(ref _endOffset, endOffset);
            context.Advanced();
        }

        public void OnSynced(long endOffset)
        {
        }

        public void Dispose()
        {
        }
    }
}
