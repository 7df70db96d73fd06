using Teralog.Abstractions;

namespace Teralog.Broker.Tests;

public sealed class RestartTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Topics_offsets_and_producers_come_back(bool isKilled)
    {
        string folder = TestBroker.NewFolder();
        string copy;
        TopicView topic;
        byte[] sent = Batches.Idempotent(7, 0, records: 3);
        await using (TestBroker broker = await TestBroker.Open(folder))
        {
            topic = await broker.Create("orders", 2);
            broker.Produce(broker.Partition("orders"), sent, RequiredAcks.All);
            copy = isKilled ? broker.CopyAsKilled() : folder;
        }

        await using (TestBroker broker = await TestBroker.Open(copy))
        {
            TopicView same = Assert.Single(broker.Broker.Topics.List());
            Assert.Equal((topic.TopicId, 2), (same.TopicId, same.Partitions.Count));
            PartitionHandle partition = broker.Partition("orders");
            Assert.Equal(1, partition.LeaderEpoch);
            Assert.Equal(sent, broker.Fetch(partition, 0).Bytes);
            Assert.Equal(0, broker.Produce(partition, Batches.Idempotent(7, 0, records: 3))
                .BaseOffset);
            Assert.Equal(3, broker.Produce(partition, Batches.Idempotent(7, 3)).BaseOffset);
            EpochEndResult end = broker.Broker.EpochEnd(partition, -1, 0);
            Assert.Equal(new(BrokerError.None, 0, 3), end);
            Assert.Equal(new(BrokerError.None, -1, -1), broker.Broker.EpochEnd(partition, -1, 5));
        }

        Directory.Delete(folder, recursive: true);
        if (isKilled)
            Directory.Delete(copy, recursive: true);
    }

    [Fact]
    public async Task A_deletion_that_a_crash_interrupted_is_finished()
    {
        string folder = TestBroker.NewFolder();
        string before;
        string after;
        await using (TestBroker broker = await TestBroker.Open(folder))
        {
            await broker.Create("orders", 2);
            await broker.Create("orders-1");
            before = broker.CopyAsKilled();
            await broker.Broker.Topics.DeleteAsync("orders", TestBroker.Stop);

            // The metadata of after, with the folders of before: the crash came in between.
            after = broker.CopyAsKilled();
        }

        Directory.Delete(Path.Combine(before, "metadata"), recursive: true);
        Directory.Move(Path.Combine(after, "metadata"), Path.Combine(before, "metadata"));
        await using (TestBroker broker = await TestBroker.Open(before))
        {
            Assert.Equal("orders-1", Assert.Single(broker.Broker.Topics.List()).Name);
            string[] left = [
                .. Directory.GetDirectories(Path.Combine(before, "logs")).Select(
                one => Path.GetFileName(one))];
            Assert.Equal(["orders-1-0"], left);
            await broker.Create("orders");
        }

        foreach (string one in new[] { folder, before, after })
            Directory.Delete(one, recursive: true);
    }

    [Fact]
    public async Task A_topic_whose_folders_a_crash_kept_from_being_made_gets_them()
    {
        string folder = TestBroker.NewFolder();
        await using (TestBroker broker = await TestBroker.Open(folder))
            await broker.Create("orders", 2);

        Directory.Delete(Path.Combine(folder, "logs", "orders-1"), recursive: true);
        await using (TestBroker broker = await TestBroker.Open(folder))
        {
            Assert.Equal(
                0, broker.Produce(broker.Partition("orders", 1), Batches.Of(1)).BaseOffset);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Producer_ids_are_never_given_twice()
    {
        string folder = TestBroker.NewFolder();
        var seen = new HashSet<long>();
        for (int start = 0; start < 3; start++)
        {
            await using TestBroker broker = await TestBroker.Open(folder);
            for (int index = 0; index < 1100; index++)
            {
                ProducerIdResult result = await broker.Broker.ProducerIds.InitAsync(
                    TestBroker.Stop);
                Assert.Equal((BrokerError.None, (short)0), (result.Error, result.Epoch));
                Assert.True(seen.Add(result.ProducerId), $"{result.ProducerId} was given twice");
            }
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_folder_of_another_node_or_cluster_is_refused_with_one_sentence()
    {
        string folder = TestBroker.NewFolder();
        await using (TestBroker broker = await TestBroker.Open(folder))
            Assert.Equal(22, broker.Broker.Cluster.ClusterId.Length);

        BrokerStartException refused = await Assert.ThrowsAsync<BrokerStartException>(
            async () => await TestBroker.Open(folder, settings: ("node.id", "2")));
        Assert.Contains("set node.id=1", refused.Message);

        string file = Path.Combine(folder, "logs", "meta.properties");
        string text = await File.ReadAllTextAsync(file, TestBroker.Stop);
        await File.WriteAllTextAsync(
            file, text.Replace("cluster.id=", "cluster.id=x", StringComparison.Ordinal),
                TestBroker.Stop);
        refused = await Assert.ThrowsAsync<BrokerStartException>(
            async () => await TestBroker.Open(folder));
        Assert.Contains("belongs to cluster x", refused.Message);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_folder_in_use_is_refused()
    {
        await using TestBroker broker = await TestBroker.Open();
        string other = TestBroker.NewFolder();
        await Assert.ThrowsAsync<BrokerStartException>(async () => await TestBroker.Open(
            other, settings: ("log.dirs", Path.Combine(broker.Folder, "logs"))));
        Directory.Delete(other, recursive: true);
    }

    [Fact]
    public async Task A_replication_strategy_that_nobody_offers_is_named()
    {
        string folder = TestBroker.NewFolder();
        BrokerStartException refused = await Assert.ThrowsAsync<BrokerStartException>(
            async () => await TestBroker.Open(folder, settings: ("replication.strategy", "isr")));
        Assert.Contains("'isr'", refused.Message);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Partitions_are_spread_over_the_log_directories()
    {
        string folder = TestBroker.NewFolder();
        (string, string) two = (
            "log.dirs", $"{Path.Combine(folder, "a")},{Path.Combine(folder, "b")}");
        await using (TestBroker broker = await TestBroker.Open(folder, settings: two))
        {
            await broker.Create("orders", 6);
            Assert.All(
                broker.Broker.LogDirectories.Describe(), one => Assert.Equal(
                    3, one.Replicas.Count));
            for (int index = 0; index < 6; index++)
                broker.Produce(broker.Partition("orders", index), Batches.Of(index + 1));
        }

        await using (TestBroker broker = await TestBroker.Open(folder, settings: two))
        {
            for (int index = 0; index < 6; index++)
            {
                Assert.Equal(
                    index + 1, broker.Fetch(broker.Partition("orders", index), 0)
                        .Result.HighWatermark);
            }
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task After_the_stop_calls_are_refused_and_nothing_breaks()
    {
        string folder = TestBroker.NewFolder();
        await using (TestBroker broker = await TestBroker.Open(folder))
        {
            await broker.Create("orders");
            PartitionHandle partition = broker.Partition("orders");
            await broker.Host.StopAsync();
            Assert.Equal(BrokerError.BrokerNotAvailable, broker.Produce(partition, Batches.Of(1))
                .Error);
            Assert.Equal(BrokerError.BrokerNotAvailable, broker.Fetch(partition, 0).Result.Error);
            Assert.Equal(BrokerError.BrokerNotAvailable, (await broker.TryCreate("x")).Error);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Listeners_are_advertised_as_they_are_opened()
    {
        await using TestBroker broker = await TestBroker.Open(settings: ("broker.rack", "r1"));
        IClusterView cluster = broker.Broker.Cluster;
        Assert.Empty(cluster.Brokers("PLAINTEXT"));
        cluster.Advertise(new(
            "PLAINTEXT", new(System.Net.IPAddress.Loopback, 4321), "example", 0));
        Assert.Equal([new(1, "example", 4321, "r1")], cluster.Brokers("PLAINTEXT"));
    }
}
