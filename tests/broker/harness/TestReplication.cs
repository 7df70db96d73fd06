using Teralog.Abstractions;

namespace Teralog.Broker.Tests;

/// <summary>One copy, like the plugin <c>local</c>: acknowledged after a sync, or at
/// once.</summary>
internal sealed class TestReplication(bool syncs) : IReplicationStrategy
{
    public string Name => "local";

    public int ReplicasMax => 1;

    public IPartitionReplica Open(IReplicaContext context) => new Replica(context, syncs);

    private sealed class Replica(IReplicaContext context, bool syncs) : IPartitionReplica
    {
        private long committed = context.LogEndOffset;
        private long acknowledged = syncs ? context.SyncedOffset : context.LogEndOffset;

        public long Committed => Volatile.Read(ref committed);

        public long Acknowledged => Volatile.Read(ref acknowledged);

        public void OnAppended(long endOffset, RequiredAcks acks)
        {
            Volatile.Write(ref committed, endOffset);
            if (!syncs)
                Volatile.Write(ref acknowledged, endOffset);
            else if (acks == RequiredAcks.All)
                context.RequestSync();
            context.Advanced();
        }

        public void OnSynced(long endOffset)
        {
            if (syncs && endOffset > acknowledged)
                Volatile.Write(ref acknowledged, endOffset);
            context.Advanced();
        }

        public void Dispose()
        {
        }
    }
}
