using Teralog.Abstractions;

namespace Teralog.Broker.Groups;

/// <content>Committed offsets: who may commit, and what may go.</content>
internal sealed partial class ClassicGroup
{
    /// <summary>
    /// Commits offsets. <paramref name="topics"/> says of each partition given whether it exists.
    /// </summary>
    public void Commit(
        CommitOffsets request, IReadOnlyList<TopicCheck> topics, Reply<CommitResult> reply,
        GroupStep step)
    {
        var error = CheckCommit(request.Member);
        if (error != BrokerError.None)
        {
            reply.Set(new CommitResult(error, []));
            return;
        }

        if (_members.TryGetValue(request.Member.MemberId, out var member))
            Touch(member, step.NowMs);
        var results = new BrokerError[request.Offsets.Count];
        var records = new List<CoordinatorRecord>(request.Offsets.Count);
        var written = new List<int>(request.Offsets.Count);
        for (var index = 0; index < results.Length; index++)
        {
            results[index] = CheckOffset(request.Offsets[index], topics[index], step.Settings);
            if (results[index] != BrokerError.None)
                continue;
            written.Add(index);
            records.Add(ToRecord(request, index, topics[index].TopicId, step.NowMs));
        }

        if (records.Count == 0)
            reply.Set(new CommitResult(BrokerError.None, results));
        else
            WriteOffsets(new PendingCommit(request, written, results, reply), records, step);
    }

    /// <summary>Removes committed offsets (KIP-496); one result per partition, in order.</summary>
    public void DeleteOffsets(
        IReadOnlyList<TopicPartitions> partitions, Reply<CommitResult> reply, GroupStep step)
    {
        var error = State switch
        {
            GroupState.Empty => BrokerError.None,
            GroupState.Dead => BrokerError.GroupNotFound,
            GroupState.PreparingRebalance or GroupState.CompletingRebalance or GroupState.Stable
                or _ => ProtocolType == ConsumerSubscription.ProtocolType
                    ? BrokerError.None
                    : BrokerError.NonEmptyGroup,
        };
        if (error != BrokerError.None)
        {
            reply.Set(new CommitResult(error, []));
            return;
        }

        var results = new List<BrokerError>();
        var records = new List<CoordinatorRecord>();
        foreach (var topic in partitions)
        {
            var result = IsSubscribedTo(topic.Topic)
                ? BrokerError.GroupSubscribedToTopic
                : BrokerError.None;
            results.AddRange(topic.Partitions.Select(_ => result));
            if (result == BrokerError.None)
                records.AddRange(topic.Partitions.Where(partition => Has(topic.Topic, partition))
                    .Select(partition =>
                        GroupRecords.OffsetTombstone(GroupId, topic.Topic, partition)));
        }

        if (records.Count == 0)
            reply.Set(new CommitResult(BrokerError.None, results));
        else
            step.Write(new GroupWrite(this, records, (failed, _) => reply.Set(
                new CommitResult(OffsetWriteError(failed), results))));
    }

    /// <summary>Deletes the group with its offsets, where nobody is in it.</summary>
    public void Delete(Reply<BrokerError> reply, GroupStep step)
    {
        switch (State)
        {
            case GroupState.Empty:
                WriteDeletion(error => reply.Set(OffsetWriteError(error)), step);
                break;
            case GroupState.PreparingRebalance:
            case GroupState.CompletingRebalance:
            case GroupState.Stable:
                reply.Set(BrokerError.NonEmptyGroup);
                break;
            case GroupState.Dead:
            default:
                reply.Set(BrokerError.GroupNotFound);
                break;
        }
    }

    /// <summary>Writes tombstones for what has outlived its time, and for the group with it.
    /// </summary>
    public void Expire(GroupStep step)
    {
        if (State == GroupState.Dead)
            return;
        var due = Offsets.All()
            .Where(row => !Offsets.IsPending(row.Topic, row.Partition)
                && IsDue(row.Topic, row.Entry, step))
            .Select(row => GroupRecords.OffsetTombstone(GroupId, row.Topic, row.Partition))
            .ToArray();
        var isLast = State == GroupState.Empty && (Persisted is not null || GenerationId > 0)
            && _pendingMembers.Count == 0 && Offsets.Keys().Count() == due.Length;
        if (isLast)
            WriteDeletion(null, step);
        else if (due.Length > 0)
            step.Write(new GroupWrite(this, due, null));
    }

    /// <summary>Writes tombstones for the offsets of a topic that is gone.</summary>
    public void ForgetTopic(string topic, GroupStep step)
    {
        var records = Offsets.Keys().Where(key => key.Topic == topic)
            .Select(key => GroupRecords.OffsetTombstone(GroupId, key.Topic, key.Partition))
            .ToArray();
        if (records.Length > 0 && State != GroupState.Dead)
            step.Write(new GroupWrite(this, records, null));
    }

    /// <summary>Writes tombstones for the offsets of which a rule says so.</summary>
    public void Forget(Func<CommittedEntry, bool> isGone, GroupStep step)
    {
        var records = Offsets.All()
            .Where(row => !Offsets.IsPending(row.Topic, row.Partition) && isGone(row.Entry))
            .Select(row => GroupRecords.OffsetTombstone(GroupId, row.Topic, row.Partition))
            .ToArray();
        if (records.Length > 0 && State != GroupState.Dead)
            step.Write(new GroupWrite(this, records, null));
    }

    private BrokerError CheckCommit(GroupMember member)
    {
        if (State == GroupState.Dead)
            return BrokerError.CoordinatorNotAvailable;
        // Tools and consumers that assign themselves commit without membership.
        if (member.GenerationId < 0 && State == GroupState.Empty)
            return BrokerError.None;
        if (member.GenerationId < 0 && member.MemberId.Length == 0 && member.InstanceId is null)
            return BrokerError.UnknownMember;
        var error = CheckMember(member.MemberId, member.InstanceId);
        if (error != BrokerError.None)
            return error;
        if (member.GenerationId != GenerationId)
            return BrokerError.IllegalGeneration;
        return State == GroupState.CompletingRebalance
            ? BrokerError.RebalanceInProgress
            : BrokerError.None;
    }

    private static BrokerError CheckOffset(
        in OffsetToCommit offset, TopicCheck topic, GroupSettings settings) =>
        topic.Error != BrokerError.None ? topic.Error
            : offset.Metadata?.Length > settings.OffsetMetadataBytesMax
                ? BrokerError.OffsetMetadataTooLarge
                : BrokerError.None;

    private CoordinatorRecord ToRecord(
        CommitOffsets request, int index, Guid topicId, long nowMs)
    {
        var offset = request.Offsets[index];
        var expiresMs = request.RetentionMs < 0 ? -1 : nowMs + request.RetentionMs;
        return GroupRecords.Offset(
            GroupId, offset.Topic, offset.Partition, new CommittedEntry(
                offset.Offset, offset.LeaderEpoch, offset.Metadata ?? "", nowMs, expiresMs,
                topicId));
    }

    private void WriteOffsets(
        PendingCommit commit, List<CoordinatorRecord> records, GroupStep step)
    {
        foreach (var offset in commit.Written())
            Offsets.AddPending(offset.Topic, offset.Partition);
        step.Write(new GroupWrite(this, records, (error, _) =>
        {
            foreach (var offset in commit.Written())
                Offsets.RemovePending(offset.Topic, offset.Partition);
            commit.Answer(OffsetWriteError(error));
        }));
    }

    private void WriteDeletion(Action<BrokerError>? done, GroupStep step)
    {
        var records = Offsets.Keys()
            .Select(key => GroupRecords.OffsetTombstone(GroupId, key.Topic, key.Partition))
            .Append(GroupRecords.GroupTombstone(GroupId))
            .ToArray();
        State = GroupState.Dead;
        step.Write(new GroupWrite(this, records, (error, _) =>
        {
            if (error != BrokerError.None)
                State = GroupState.Empty;
            done?.Invoke(error);
        }));
    }

    private bool Has(string topic, int partition) =>
        Offsets.Find(topic, partition) is not null || Offsets.IsPending(topic, partition);

    private bool IsSubscribedTo(string topic) =>
        ProtocolType == ConsumerSubscription.ProtocolType
        && (_subscribedTopics is null || _subscribedTopics.Contains(topic));

    private bool IsDue(string topic, in CommittedEntry entry, GroupStep step)
    {
        var retentionMs = step.Settings.OffsetsRetentionMs;
        if (State == GroupState.Empty)
        {
            long? idleSinceMs = string.IsNullOrEmpty(ProtocolType) || StateTimestampMs < 0
                ? null
                : StateTimestampMs;
            return OffsetExpiry.IsDue(entry, idleSinceMs, step.NowMs, retentionMs);
        }

        // Of a topic that no member reads any more, where that can be told.
        return State == GroupState.Stable
            && ProtocolType == ConsumerSubscription.ProtocolType && !IsSubscribedTo(topic)
            && OffsetExpiry.IsDue(entry, null, step.NowMs, retentionMs);
    }

    private static BrokerError OffsetWriteError(BrokerError error) =>
        error == BrokerError.None ? error : WriteError(error);
}
