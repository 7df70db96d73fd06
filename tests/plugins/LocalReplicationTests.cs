using FsCheck;
using FsCheck.Xunit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Teralog.Abstractions;
using Teralog.Replication.Local;

namespace Teralog.Plugins.Tests;

public sealed class LocalReplicationTests
{
    [Fact]
    public void Acks_all_waits_for_the_sync()
    {
        var log = new FakeLog();
        var replica = Strategy(null).Open(log);
        log.End = 10;
        replica.OnAppended(10, RequiredAcks.All);
        Assert.Equal((10, 0, 1), (replica.Committed, replica.Acknowledged, log.SyncRequests));
        replica.OnSynced(10);
        Assert.Equal(10, replica.Acknowledged);
    }

    [Fact]
    public void Other_acks_ask_for_no_sync()
    {
        var log = new FakeLog();
        var replica = Strategy("sync").Open(log);
        replica.OnAppended(3, RequiredAcks.Leader);
        replica.OnAppended(5, RequiredAcks.None);
        Assert.Equal((5, 0, 0), (replica.Committed, replica.Acknowledged, log.SyncRequests));
    }

    [Fact]
    public void In_os_mode_an_append_is_acknowledged_at_once()
    {
        var log = new FakeLog();
        var replica = Strategy("os").Open(log);
        replica.OnAppended(4, RequiredAcks.All);
        Assert.Equal((4, 4, 0), (replica.Committed, replica.Acknowledged, log.SyncRequests));
    }

    [Fact]
    public void An_unknown_mode_is_refused_by_name() =>
        Assert.Contains(
            "log.flush.mode=maybe",
            Assert.Throws<ArgumentException>(() => Strategy("maybe")).Message);

    [Property]
    public void Bounds_only_grow_and_never_pass_the_log(PositiveInt[] steps, bool sync)
    {
        var log = new FakeLog();
        var replica = Strategy(sync ? "sync" : "os").Open(log);
        long committed = 0;
        long acknowledged = 0;
        foreach (var step in steps)
        {
            if (step.Get % 2 == 0)
                replica.OnAppended(log.End += step.Get, RequiredAcks.All);
            else
                replica.OnSynced(Math.Min(step.Get, log.End));
            Assert.True(replica.Committed >= committed && replica.Committed <= log.End);
            Assert.True(
                replica.Acknowledged >= acknowledged && replica.Acknowledged <= log.End);
            (committed, acknowledged) = (replica.Committed, replica.Acknowledged);
        }
    }

    private static IReplicationStrategy Strategy(string? flushMode)
    {
        var source = new MemoryConfigurationSource
        {
            InitialData = [KeyValuePair.Create("log.flush.mode", flushMode)],
        };
        var configuration = new ConfigurationRoot([new MemoryConfigurationProvider(source)]);
        return Offers.Of(new LocalReplicationPlugin(), configuration).Replications.Single();
    }

    private sealed class FakeLog : IReplicaContext
    {
        public long End { get; set; }

        public int SyncRequests { get; private set; }

        public string Topic => "t";

        public int Partition => 0;

        public long LogStartOffset => 0;

        public long LogEndOffset => End;

        public long SyncedOffset => 0;

        public void RequestSync() => SyncRequests++;

        public void Advanced()
        {
        }
    }
}
