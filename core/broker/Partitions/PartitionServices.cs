using Microsoft.Extensions.Logging;
using Teralog.Abstractions;

namespace Teralog.Broker;

/// <summary>What all partitions share.</summary>
internal sealed record PartitionServices(
    TimeProvider Clock, SyncScheduler Syncs, IReplicationStrategy Replication, CodecTable Codecs,
    ILogger Logger);
