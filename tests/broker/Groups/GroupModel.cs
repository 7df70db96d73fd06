using Teralog.Abstractions;
using Teralog.Broker.Groups;

namespace Teralog.Broker.Tests.Groups;

/// <summary>
/// A seeded run of one group: clients that behave, fall silent, repeat themselves and leave; a log
/// whose writes are slow; brokers that die. After every step the invariants are looked at.
/// </summary>
internal sealed class GroupModel
{
    private const int Clients = 5;
    private const int Partitions = 6;

    private readonly Random _random;
    private readonly List<ModelClient> _clients = [];
    private readonly List<Task> _calls = [];
    private readonly List<(Task<CommitResult> Call, long Offset)> _commits = [];
    private readonly Dictionary<int, Dictionary<string, byte[]>> _owned = [];
    private GroupRig _rig;
    private long _offsetNext;
    private long _offsetAcked = -1;
    private int _generation;
    private int _persistedGeneration;

    public GroupModel(int seed)
    {
        _random = new Random(seed);
        _rig = new GroupRig(settings: new GroupSettings
        {
            InitialRebalanceDelayMs = 10 + (_random.Next(2) * 3000),
        });
        for (var index = 0; index < Clients; index++)
            _clients.Add(new ModelClient(_random.Next(3) == 0 ? $"instance-{index}" : null));
    }

    public void Step()
    {
        var client = _clients[_random.Next(Clients)];
        switch (_random.Next(20))
        {
            case < 11:
                Act(client);
                break;
            case < 14:
                _rig.Advance(_random.Next(4000));
                break;
            case 14:
                _rig.Log.IsHolding = !_rig.Log.IsHolding;
                break;
            case 15:
                _rig.Release();
                break;
            case 16:
                Commit(client);
                break;
            case 17:
                client.Forget();
                break;
            case 18 when _random.Next(5) == 0:
                Crash();
                break;
            default:
                Leave(client);
                break;
        }

        Observe();
    }

    /// <summary>In the end everything is answered, and a replay gives what is there.</summary>
    public void Finish()
    {
        _rig.Log.IsHolding = false;
        _rig.Release();
        _rig.Advance(600_000);
        _rig.Advance(600_000);
        Observe();
        Assert.All(_calls, call => Assert.True(call.IsCompleted, "a call is never answered"));
        var live = _rig.Find();
        using var replayed = new GroupRig(_rig.Log.Copy(), _rig.Time);
        var back = replayed.Find();
        Assert.Equal(live is null, back is null);
        Assert.Equal(live?.Persisted?.Generation, back?.Persisted?.Generation);
        Assert.Equal(
            live?.Persisted?.Members.Select(member => (member.MemberId, member.Assignment.Length)),
            back?.Persisted?.Members.Select(member => (member.MemberId, member.Assignment.Length)));
        Assert.Equal(live?.Offsets.All(), back?.Offsets.All());
        Assert.Equal(
            live?.State == GroupState.Stable ? GroupState.Stable : GroupState.Empty,
            back?.State == GroupState.Stable ? GroupState.Stable : GroupState.Empty);
        _rig.Dispose();
    }

    private void Act(ModelClient client)
    {
        if (client.Joining is { IsCompleted: true } joined)
        {
            client.Joining = null;
            OnJoined(client, joined.Result);
        }
        else if (client.Syncing is { IsCompleted: true } synced)
        {
            client.Syncing = null;
            OnSynced(client, synced.Result);
        }
        else if (client.Joining is not null || client.Syncing is not null)
        {
            // It waits; a client with little patience asks again.
            if (_random.Next(20) == 0)
                client.Forget();
        }
        else if (!client.IsStable || _random.Next(15) == 0)
        {
            Join(client);
        }
        else
        {
            var error = _rig.Heartbeat(client.MemberId, client.Generation, client.InstanceId);
            client.IsStable = error == BrokerError.None;
            if (error is BrokerError.UnknownMember or BrokerError.FencedInstanceId)
                client.MemberId = "";
        }
    }

    private void Join(ModelClient client)
    {
        client.IsStable = false;
        client.Joining = _rig.Join(
            client.MemberId, client.InstanceId,
            [new GroupProtocol("range", [(byte)_random.Next(2)])],
            rebalanceMs: 8000, requiresId: client.InstanceId is null, canSkip: true);
        _calls.Add(client.Joining);
    }

    private void OnJoined(ModelClient client, JoinResult joined)
    {
        client.MemberId = joined.Error is BrokerError.UnknownMember or BrokerError.FencedInstanceId
            ? ""
            : joined.MemberId;
        if (joined.Error != BrokerError.None)
            return;
        client.Generation = joined.GenerationId;
        Assert.Equal("range", joined.ProtocolName);
        var isLeader = joined.LeaderId == joined.MemberId && !joined.SkipAssignment;
        var assignments = isLeader && joined.Members!.Count > 0
            ? Enumerable.Range(0, joined.Members.Count).Select(index => (
                joined.Members[index].MemberId,
                Enumerable.Range(0, Partitions)
                    .Where(partition => partition % joined.Members.Count == index)
                    .Select(partition => (byte)partition).ToArray())).ToArray()
            : [];
        client.Syncing = _rig.Sync(joined, client.InstanceId, assignments: assignments);
        _calls.Add(client.Syncing);
    }

    private void OnSynced(ModelClient client, SyncResult synced)
    {
        client.IsStable = synced.Error == BrokerError.None;
        if (synced.Error is BrokerError.UnknownMember or BrokerError.FencedInstanceId)
            client.MemberId = "";
        if (!client.IsStable)
            return;
        // No partition has two owners in one generation. A static member that comes back takes over
        // what its old id had.
        if (!_owned.TryGetValue(client.Generation, out var owners))
            _owned.Add(client.Generation, owners = []);
        owners[client.InstanceId ?? client.MemberId] = synced.Assignment;
        var all = owners.Values.SelectMany(partitions => partitions).ToArray();
        Assert.Equal(all.Length, all.Distinct().Count());
    }

    private void Commit(ModelClient client)
    {
        var isMember = client.IsStable;
        var offset = _offsetNext++;
        var call = _rig.Commit(
            isMember ? client.MemberId : "", isMember ? client.Generation : -1, "t", 0, offset);
        _calls.Add(call);
        _commits.Add((call, offset));
    }

    private void Leave(ModelClient client)
    {
        if (client.MemberId.Length == 0 || _random.Next(3) > 0)
            return;
        _rig.Leave(new LeavingMember(client.MemberId, null, null));
        client.MemberId = "";
        client.Forget();
    }

    private void Crash()
    {
        // What was not answered may or may not have happened: the log decides.
        _calls.Clear();
        _rig = _rig.Restart(most => _random.Next(most + 1));
        foreach (var client in _clients)
            client.Forget();
        _generation = 0;
    }

    private void Observe()
    {
        foreach (var (call, offset) in _commits.Where(commit => commit.Call.IsCompleted))
        {
            if (call.Result.Error == BrokerError.None
                && call.Result.Partitions[0] == BrokerError.None)
                _offsetAcked = Math.Max(_offsetAcked, offset);
        }

        _commits.RemoveAll(commit => commit.Call.IsCompleted);
        var group = _rig.Find();
        var seen = group?.Offsets.Find("t", 0)?.Offset ?? -1;
        Assert.True(seen >= _offsetAcked, $"{_offsetAcked} was acknowledged, {seen} is seen");
        if (group is null)
            return;
        Assert.True(group.GenerationId >= _generation, "the generation went back");
        _generation = group.GenerationId;
        if (group.Persisted is null)
            return;
        Assert.True(group.Persisted.Generation >= _persistedGeneration, "the log went back");
        _persistedGeneration = group.Persisted.Generation;
    }
}
