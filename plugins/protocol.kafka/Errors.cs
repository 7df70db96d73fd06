using Teralog.Abstractions;

namespace Teralog.Protocol.Kafka;

/// <summary>The one place where what the broker says becomes a code on the wire.</summary>
internal static class Errors
{
    /// <summary>The wire's code for an outcome. A new outcome does not compile without
    /// one.</summary>
    public static ErrorCode ToCode(this BrokerError error)
    {
#pragma warning disable CS8524 // A value outside the enum is a bug and throws.
        return error switch
        {
            BrokerError.None => ErrorCode.None,
            BrokerError.Unexpected => ErrorCode.UnknownServerError,
            BrokerError.UnknownTopicOrPartition => ErrorCode.UnknownTopicOrPartition,
            BrokerError.UnknownTopicId => ErrorCode.UnknownTopicId,
            BrokerError.InconsistentTopicId => ErrorCode.InconsistentTopicId,
            BrokerError.InvalidTopic => ErrorCode.InvalidTopicException,
            BrokerError.TopicAlreadyExists => ErrorCode.TopicAlreadyExists,
            BrokerError.TopicDeletionDisabled => ErrorCode.TopicDeletionDisabled,
            BrokerError.InvalidPartitions => ErrorCode.InvalidPartitions,
            BrokerError.InvalidReplicationFactor => ErrorCode.InvalidReplicationFactor,
            BrokerError.InvalidReplicaAssignment => ErrorCode.InvalidReplicaAssignment,
            BrokerError.InvalidConfig => ErrorCode.InvalidConfig,
            BrokerError.InvalidRequest => ErrorCode.InvalidRequest,
            BrokerError.PolicyViolation => ErrorCode.PolicyViolation,
            BrokerError.NotLeader => ErrorCode.NotLeaderOrFollower,
            BrokerError.LeaderNotAvailable => ErrorCode.LeaderNotAvailable,
            BrokerError.FencedLeaderEpoch => ErrorCode.FencedLeaderEpoch,
            BrokerError.UnknownLeaderEpoch => ErrorCode.UnknownLeaderEpoch,
            BrokerError.OffsetOutOfRange => ErrorCode.OffsetOutOfRange,
            BrokerError.CorruptBatch => ErrorCode.CorruptMessage,
            BrokerError.InvalidRecord => ErrorCode.InvalidRecord,
            BrokerError.UnsupportedBatchFormat => ErrorCode.UnsupportedForMessageFormat,
            BrokerError.UnsupportedCodec => ErrorCode.UnsupportedCompressionType,
            BrokerError.RecordTooLarge => ErrorCode.MessageTooLarge,
            BrokerError.BatchListTooLarge => ErrorCode.RecordListTooLarge,
            BrokerError.InvalidTimestamp => ErrorCode.InvalidTimestamp,
            BrokerError.InvalidRequiredAcks => ErrorCode.InvalidRequiredAcks,
            BrokerError.NotEnoughReplicas => ErrorCode.NotEnoughReplicas,
            BrokerError.NotEnoughReplicasAfterAppend => ErrorCode.NotEnoughReplicasAfterAppend,
            BrokerError.OutOfOrderSequence => ErrorCode.OutOfOrderSequenceNumber,
            BrokerError.DuplicateSequence => ErrorCode.DuplicateSequenceNumber,
            BrokerError.InvalidProducerEpoch => ErrorCode.InvalidProducerEpoch,
            BrokerError.UnknownProducerId => ErrorCode.UnknownProducerId,
            BrokerError.InvalidTransactionState => ErrorCode.InvalidTxnState,
            BrokerError.TransactionsUnavailable => ErrorCode.UnsupportedVersion,
            BrokerError.StorageFailed => ErrorCode.KafkaStorageError,
            BrokerError.StorageFailedAfterAppend => ErrorCode.KafkaStorageError,
            BrokerError.TimedOut => ErrorCode.RequestTimedOut,
            BrokerError.BrokerNotAvailable => ErrorCode.BrokerNotAvailable,
            BrokerError.NotCoordinator => ErrorCode.NotCoordinator,
            BrokerError.CoordinatorNotAvailable => ErrorCode.CoordinatorNotAvailable,
            BrokerError.CoordinatorLoading => ErrorCode.CoordinatorLoadInProgress,
            BrokerError.InvalidGroupId => ErrorCode.InvalidGroupId,
            BrokerError.GroupNotFound => ErrorCode.GroupIdNotFound,
            BrokerError.NonEmptyGroup => ErrorCode.NonEmptyGroup,
            BrokerError.GroupMaxSizeReached => ErrorCode.GroupMaxSizeReached,
            BrokerError.GroupSubscribedToTopic => ErrorCode.GroupSubscribedToTopic,
            BrokerError.UnknownMember => ErrorCode.UnknownMemberId,
            BrokerError.MemberIdRequired => ErrorCode.MemberIdRequired,
            BrokerError.FencedInstanceId => ErrorCode.FencedInstanceId,
            BrokerError.IllegalGeneration => ErrorCode.IllegalGeneration,
            BrokerError.InconsistentGroupProtocol => ErrorCode.InconsistentGroupProtocol,
            BrokerError.InvalidSessionTimeout => ErrorCode.InvalidSessionTimeout,
            BrokerError.RebalanceInProgress => ErrorCode.RebalanceInProgress,
            BrokerError.OffsetMetadataTooLarge => ErrorCode.OffsetMetadataTooLarge,
            BrokerError.UnstableOffsetCommit => ErrorCode.UnstableOffsetCommit,
            BrokerError.Unsupported => ErrorCode.UnsupportedVersion,
        };
#pragma warning restore CS8524
    }

    /// <summary>The same as the number that message classes carry.</summary>
    public static short ToWire(this BrokerError error) => (short)error.ToCode();
}
