using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Teralog.Abstractions;
using Teralog.Broker.Groups;

namespace Teralog.Broker.Tests.Groups;

/// <summary>One shard over a log in memory and a clock that the test moves.</summary>
internal sealed class GroupRig : IDisposable
{
    public const string Group = "group";

    private static readonly GroupProtocol[] RangeProtocol = [new("range", [1])];

    private int _ids;

    public GroupRig(FakeGroupLog? log = null, FakeTimeProvider? time = null,
        GroupSettings? settings = null, int idsUsed = 0)
    {
        _ids = idsUsed;
        Log = log ?? new FakeGroupLog();
        Time = time ?? new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(55));
        Settings = settings ?? new GroupSettings { InitialRebalanceDelayMs = 10 };
        Runtime = new GroupRuntime(Log, Time, NewId, () => Settings, NullLogger.Instance);
        Shard = new GroupShard(0, Runtime);
        ShardLoader.Load(Shard, Runtime);
    }

    public FakeGroupLog Log { get; }

    public FakeTimeProvider Time { get; }

    public GroupSettings Settings { get; set; }

    public GroupRuntime Runtime { get; }

    public GroupShard Shard { get; }

    public ClassicGroup? Find(string groupId = Group) =>
        Shard.Ask<ClassicGroup?>(_ => null, table => table.Find(groupId));

    public ClassicGroup State => Find() ?? throw new InvalidOperationException("no group");

    /// <summary>The broker dies: the next one has the log and the clock.</summary>
    public GroupRig Restart(Func<int, int>? choose = null)
    {
        Dispose();
        return new GroupRig(Log.Copy(choose), Time, Settings, _ids);
    }

    public void Dispose() => Runtime.Deadlines.Dispose();

    public void Advance(int ms) => Time.Advance(TimeSpan.FromMilliseconds(ms));

    /// <summary>Ends the wait of a first rebalance.</summary>
    public void Gather()
    {
        Advance(Settings.InitialRebalanceDelayMs);
        Advance(Settings.InitialRebalanceDelayMs);
    }

    /// <summary>Completes the writes that the log holds, and lets the shard see it.</summary>
    public void Release()
    {
        Log.Release();
        ((IThreadPoolWorkItem)Shard).Execute();
    }

    public Task<JoinResult> Join(
        string memberId = "", string? instanceId = null, GroupProtocol[]? protocols = null,
        int sessionMs = 10_000, int rebalanceMs = 60_000, bool requiresId = false,
        bool canSkip = true, string type = "consumer") =>
        Shard.Call(
            Group, memberId.Length == 0,
            new JoinGroup(
                Group, memberId, instanceId, type, protocols ?? RangeProtocol, sessionMs,
                rebalanceMs, "client", "/host", requiresId, canSkip, null),
            refusal => new JoinResult(refusal, memberId),
            static (group, request, reply, step) =>
            {
                if (group is null)
                    reply.Set(new JoinResult(BrokerError.UnknownMember, request.MemberId));
                else
                    group.Join(request, reply, step);
            }).AsTask();

    public Task<SyncResult> Sync(
        JoinResult joined, string? instanceId = null, string? type = null, string? name = null,
        params (string MemberId, byte[] Bytes)[] assignments) =>
        Shard.Call(
            Group, false,
            new SyncGroup(
                new GroupMember(Group, joined.GenerationId, joined.MemberId, instanceId), type,
                name,
                [.. assignments.Select(pair => KeyValuePair.Create(pair.MemberId, pair.Bytes))]),
            refusal => new SyncResult(refusal, null, null, []),
            static (group, request, reply, step) =>
            {
                if (group is null)
                    reply.Set(new SyncResult(BrokerError.UnknownMember, null, null, []));
                else
                    group.Sync(request, reply, step);
            }).AsTask();

    public BrokerError Heartbeat(string memberId, int generation, string? instanceId = null) =>
        Shard.Heartbeat(new GroupMember(Group, generation, memberId, instanceId));

    public BrokerError Heartbeat(JoinResult joined) =>
        Heartbeat(joined.MemberId, joined.GenerationId);

    public LeaveResult Leave(params LeavingMember[] members) =>
        Now(Shard.Call(
            Group, false, members, refusal => new LeaveResult(refusal, []),
            static (group, members, reply, step) => reply.Set(
                group?.Leave(members, step) ?? new(BrokerError.UnknownMember, []))).AsTask());

    public Task<CommitResult> Commit(
        string memberId, int generation, string topic, int partition, long offset,
        string? metadata = null, BrokerError topicError = BrokerError.None,
        long retentionMs = -1) =>
        Shard.Call(
            Group, generation < 0,
            (Request: new CommitOffsets(
                new GroupMember(Group, generation, memberId, null), retentionMs,
                [new OffsetToCommit(topic, partition, offset, 3, metadata)]), topicError),
            refusal => new CommitResult(refusal, []),
            static (group, work, reply, step) =>
            {
                if (group is null)
                    reply.Set(new CommitResult(BrokerError.GroupNotFound, []));
                else
                    group.Commit(
                        work.Request, [new TopicCheck(work.topicError, Guid.Empty)], reply, step);
            }).AsTask();

    public Task<CommitResult> DeleteOffsets(string topic, params int[] partitions) =>
        Shard.Call<TopicPartitions[], CommitResult>(
            Group, false, [new TopicPartitions(topic, partitions)],
            refusal => new CommitResult(refusal, []),
            static (group, partitions, reply, step) =>
                group!.DeleteOffsets(partitions, reply, step)).AsTask();

    public Task<BrokerError> Delete() =>
        Shard.Call<object?, BrokerError>(
            Group, false, null, refusal => refusal,
            static (group, _, reply, step) =>
            {
                if (group is null)
                    reply.Set(BrokerError.GroupNotFound);
                else
                    group.Delete(reply, step);
            }).AsTask();

    public void Expire() => Shard.ForEach(static (group, step) => group.Expire(step));

    /// <summary>The answer of a call that must have one by now.</summary>
    public static T Now<T>(Task<T> task)
    {
        Assert.True(task.IsCompleted, "the call is not answered yet");
        return task.Result;
    }

    /// <summary>A stable group of so many members, the leader first.</summary>
    public List<JoinResult> MakeStable(int count, params string?[] instanceIds)
    {
        var joins = Enumerable.Range(0, count)
            .Select(index => Join(instanceId: instanceIds.ElementAtOrDefault(index))).ToArray();
        Gather();
        var joined = joins.Select(Now).ToList();
        var leader = joined.Single(join => join.MemberId == join.LeaderId);
        var syncs = joined.Where(join => join != leader)
            .Select(join => Sync(join, InstanceOf(join))).ToList();
        syncs.Add(Sync(
            leader, InstanceOf(leader), assignments:
            [.. joined.Select((join, index) => (join.MemberId, new[] { (byte)index }))]));
        Assert.All(syncs, sync => Assert.Equal(BrokerError.None, Now(sync).Error));
        return [leader, .. joined.Where(join => join != leader)];

        string? InstanceOf(JoinResult join) => State.Members
            .Single(member => member.MemberId == join.MemberId).InstanceId;
    }

    private Guid NewId() => new(++_ids, 0, 0, new byte[8]);
}
