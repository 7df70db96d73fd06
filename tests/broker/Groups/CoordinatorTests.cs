using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Teralog.Abstractions;
using Teralog.Broker.Groups;

namespace Teralog.Broker.Tests.Groups;

/// <summary>The door: finding, topic creation, loading, refusals; and writes of unknown outcome.
/// </summary>
public sealed class CoordinatorTests : IDisposable
{
    private static readonly GroupMember Nobody = new("g", 1, "m", null);

    private readonly FakeGroupLog _log = new() { PartitionCount = 0 };
    private readonly GroupCoordinator _coordinator;

    public CoordinatorTests()
    {
        var runtime = new GroupRuntime(
            _log, new FakeTimeProvider(), Guid.NewGuid, static () => new GroupSettings(),
            NullLogger.Instance);
        _coordinator = new GroupCoordinator(runtime, new OneBroker(), new OneTopic());
        _coordinator.Start();
    }

    public void Dispose() => _coordinator.Dispose();

    [Fact]
    public async Task The_topic_is_made_when_somebody_looks_for_a_coordinator()
    {
        Assert.Equal(
            BrokerError.CoordinatorNotAvailable,
            await _coordinator.HeartbeatAsync(Nobody, TestContext.Current.CancellationToken));
        _coordinator.FindCoordinator(CoordinatorKind.Group, "g", "PLAINTEXT");
        Assert.Equal(1, _log.PartitionCount);
        var found = _coordinator.FindCoordinator(CoordinatorKind.Group, "g", "PLAINTEXT");
        Assert.Equal(BrokerError.None, found.Error);
        Assert.Equal(9092, found.Broker!.Port);
        await Loaded();
    }

    [Fact]
    public void A_transactional_id_is_coordinated_here_and_an_unknown_listener_nowhere()
    {
        Assert.Equal(
            1, _coordinator.FindCoordinator(CoordinatorKind.Transaction, "t", "PLAINTEXT")
                .Broker!.NodeId);
        Assert.Equal(
            BrokerError.CoordinatorNotAvailable,
            _coordinator.FindCoordinator(CoordinatorKind.Transaction, "t", "OTHER").Error);
        Assert.Equal(0, _log.PartitionCount);
    }

    [Theory]
    [InlineData("", 10_000, BrokerError.InvalidGroupId)]
    [InlineData("g", 5_999, BrokerError.InvalidSessionTimeout)]
    [InlineData("g", 1_800_001, BrokerError.InvalidSessionTimeout)]
    public async Task A_join_is_checked_first(string group, int sessionMs, BrokerError expected)
    {
        var joined = await _coordinator.JoinAsync(
            new JoinGroup(
                group, "", null, "consumer", [new("range", [])], sessionMs, 1000, "c", "/h", true,
                true, null),
            TestContext.Current.CancellationToken);
        Assert.Equal(expected, joined.Error);
    }

    [Fact]
    public async Task An_empty_group_id_keeps_offsets_and_nothing_else()
    {
        await Loaded();
        var token = TestContext.Current.CancellationToken;
        var commit = await _coordinator.CommitAsync(
            new CommitOffsets(
                new GroupMember("", -1, "", null), -1, [new("here", 0, 5, -1, null)]), token);
        Assert.Equal([BrokerError.None], commit.Partitions);
        Assert.Equal(5, _coordinator.FetchOffsets("", null, false).Offsets.Single().Offset);
        Assert.Equal(
            BrokerError.InvalidGroupId,
            await _coordinator.HeartbeatAsync(Nobody with { GroupId = "" }, token));
        Assert.Equal(BrokerError.InvalidGroupId, _coordinator.Describe("").Error);
        Assert.Equal(BrokerError.InvalidGroupId, await _coordinator.DeleteAsync("", token));
    }

    [Fact]
    public async Task What_is_not_there_is_answered_by_partition()
    {
        await Loaded();
        var commit = await _coordinator.CommitAsync(
            new CommitOffsets(
                new GroupMember("g", -1, "", null), -1,
                [
                    new("here", 1, 5, -1, null), new("gone", 0, 5, -1, null),
                    new("here", -1, 5, -1, null), new("here", 0, 6, -1, null),
                ]),
            TestContext.Current.CancellationToken);
        var unknown = BrokerError.UnknownTopicOrPartition;
        Assert.Equal([unknown, unknown, unknown, BrokerError.None], commit.Partitions);
        var fetched = _coordinator.FetchOffsets(
            "g", [new TopicPartitions("here", [0, 1])], requireStable: true);
        Assert.Equal([6, -1], fetched.Offsets.Select(offset => offset.Offset));
        Assert.Equal("g", _coordinator.List().Groups.Single().GroupId);
        Assert.Equal(GroupState.Dead, _coordinator.Describe("other").State);
    }

    [Fact]
    public void A_write_of_unknown_outcome_makes_the_shard_read_its_log_again()
    {
        using var rig = new GroupRig();
        var member = rig.MakeStable(1)[0];
        rig.Log.FailureAfterAppend = BrokerError.TimedOut;
        var commit = rig.Commit(member.MemberId, 1, "t", 0, 5);
        Assert.Equal(
            BrokerError.CoordinatorNotAvailable, GroupRig.Now(commit).Partitions.Single());
        rig.Log.FailureAfterAppend = BrokerError.None;
        Deadline.Until(() => rig.Heartbeat(member) != BrokerError.CoordinatorLoading);
        Assert.Equal(BrokerError.None, rig.Heartbeat(member));
        Assert.Equal(5, rig.State.Offsets.Find("t", 0)!.Value.Offset);
    }

    [Fact]
    public async Task A_coordinator_that_stopped_is_none()
    {
        await Loaded();
        _coordinator.Stop();
        Assert.Equal(
            BrokerError.NotCoordinator,
            await _coordinator.HeartbeatAsync(Nobody, TestContext.Current.CancellationToken));
    }

    private async Task Loaded()
    {
        _coordinator.FindCoordinator(CoordinatorKind.Group, "g", "PLAINTEXT");
        Deadline.Until(() => _coordinator.List().Error == BrokerError.None);
        Assert.Equal(
            BrokerError.UnknownMember,
            await _coordinator.HeartbeatAsync(Nobody, TestContext.Current.CancellationToken));
    }
}
