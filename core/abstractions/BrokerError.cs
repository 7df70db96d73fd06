namespace Teralog.Abstractions;

/// <summary>
/// Every expected outcome that is not success, in the field's nouns. Frontends map each to their
/// wire; switches over it have no default. "Not applied" is certain for all but
/// <see cref="TimedOut"/>, <see cref="NotEnoughReplicasAfterAppend"/> and
/// <see cref="StorageFailedAfterAppend"/>, whose effect is unknown.
/// </summary>
public enum BrokerError
{
    /// <summary>Success.</summary>
    None = 0,
    /// <summary>A bug or an unforeseen state; logged with its cause.</summary>
    Unexpected,
    /// <summary>No such topic or partition.</summary>
    UnknownTopicOrPartition,
    /// <summary>No topic has this id.</summary>
    UnknownTopicId,
    /// <summary>The topic id does not belong to the name.</summary>
    InconsistentTopicId,
    /// <summary>The topic name breaks the naming rules.</summary>
    InvalidTopic,
    /// <summary>A topic of this name exists.</summary>
    TopicAlreadyExists,
    /// <summary>The topic is being deleted or deletion is disabled.</summary>
    TopicDeletionDisabled,
    /// <summary>Partition count below one or not above the present one.</summary>
    InvalidPartitions,
    /// <summary>Replication factor that this cluster cannot give.</summary>
    InvalidReplicationFactor,
    /// <summary>Replica assignment that makes no sense.</summary>
    InvalidReplicaAssignment,
    /// <summary>Unknown configuration name or a value that is refused.</summary>
    InvalidConfig,
    /// <summary>The request contradicts itself or is not allowed here.</summary>
    InvalidRequest,
    /// <summary>A policy of this broker refuses it.</summary>
    PolicyViolation,
    /// <summary>This broker does not lead the partition.</summary>
    NotLeader,
    /// <summary>The partition has no leader now.</summary>
    LeaderNotAvailable,
    /// <summary>The caller's leader epoch is older than ours.</summary>
    FencedLeaderEpoch,
    /// <summary>The caller's leader epoch is newer than ours.</summary>
    UnknownLeaderEpoch,
    /// <summary>The offset is below the log start or above the end.</summary>
    OffsetOutOfRange,
    /// <summary>CRC, length or layout of a batch is wrong.</summary>
    CorruptBatch,
    /// <summary>The batch is well-formed but what it says is refused.</summary>
    InvalidRecord,
    /// <summary>The batch format or codec is not served on this topic.</summary>
    UnsupportedBatchFormat,
    /// <summary>The codec is not known or not loaded.</summary>
    UnsupportedCodec,
    /// <summary>A batch above <c>max.message.bytes</c>.</summary>
    RecordTooLarge,
    /// <summary>A batch set above <c>segment.bytes</c>.</summary>
    BatchListTooLarge,
    /// <summary>A timestamp outside the allowed distance from now.</summary>
    InvalidTimestamp,
    /// <summary>acks other than none, leader, all.</summary>
    InvalidRequiredAcks,
    /// <summary>Too few in-sync replicas; nothing was appended.</summary>
    NotEnoughReplicas,
    /// <summary>Appended, but in-sync replicas fell below the minimum.</summary>
    NotEnoughReplicasAfterAppend,
    /// <summary>The sequence does not follow the producer's last one.</summary>
    OutOfOrderSequence,
    /// <summary>The batch repeats one older than the window that is kept.</summary>
    DuplicateSequence,
    /// <summary>A newer incarnation of the producer exists.</summary>
    InvalidProducerEpoch,
    /// <summary>The producer id is not known any more.</summary>
    UnknownProducerId,
    /// <summary>Transactional state does not allow it.</summary>
    InvalidTransactionState,
    /// <summary>Transactions are not served by this broker yet.</summary>
    TransactionsUnavailable,
    /// <summary>The log directory failed; nothing was written.</summary>
    StorageFailed,
    /// <summary>The log directory failed while the append was made durable: effect
    /// unknown.</summary>
    StorageFailedAfterAppend,
    /// <summary>The deadline passed: effect unknown.</summary>
    TimedOut,
    /// <summary>The broker is stopping or starting.</summary>
    BrokerNotAvailable,
    /// <summary>The coordinator is not here.</summary>
    NotCoordinator,
    /// <summary>The coordinator cannot serve now.</summary>
    CoordinatorNotAvailable,
    /// <summary>The coordinator is still reading its state.</summary>
    CoordinatorLoading,
    /// <summary>The group id is empty or not acceptable.</summary>
    InvalidGroupId,
    /// <summary>No such group.</summary>
    GroupNotFound,
    /// <summary>The group has members.</summary>
    NonEmptyGroup,
    /// <summary>The group is full.</summary>
    GroupMaxSizeReached,
    /// <summary>A member of the group subscribes to the topic.</summary>
    GroupSubscribedToTopic,
    /// <summary>The member id is not in the group.</summary>
    UnknownMember,
    /// <summary>Join again with the member id that comes with this answer (KIP-394).</summary>
    MemberIdRequired,
    /// <summary>Another member took the instance id (KIP-345).</summary>
    FencedInstanceId,
    /// <summary>The generation is not the group's.</summary>
    IllegalGeneration,
    /// <summary>No protocol that all members share.</summary>
    InconsistentGroupProtocol,
    /// <summary>Session timeout outside the broker's bounds.</summary>
    InvalidSessionTimeout,
    /// <summary>The group is rebalancing: join again.</summary>
    RebalanceInProgress,
    /// <summary>Commit metadata above <c>offset.metadata.max.bytes</c>.</summary>
    OffsetMetadataTooLarge,
    /// <summary>Offsets of open transactions are pending (KIP-447).</summary>
    UnstableOffsetCommit,
    /// <summary>The resource type or operation is not served.</summary>
    Unsupported,
}
