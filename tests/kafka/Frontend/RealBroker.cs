using Microsoft.Extensions.Logging.Abstractions;
using Teralog.Abstractions;
using Teralog.Broker;
using Teralog.Metadata;
using Teralog.Storage;

namespace Teralog.Protocol.Kafka.Tests;

/// <summary>The real broker on a temporary folder, in this process.</summary>
internal sealed class RealBroker : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;
    private readonly FileMetadataStore _store;
    private readonly BrokerHost _host;

    private RealBroker(DirectoryInfo folder, FileMetadataStore store, BrokerHost host) =>
        (_folder, _store, _host) = (folder, store, host);

    public IBroker Broker => _host.Broker;

    public static async Task<RealBroker> StartAsync()
    {
        var folder = Directory.CreateTempSubdirectory("teralog-kafka-");
        var settings = BrokerSettings.Create(
            [new("log.dirs", Path.Combine(folder.FullName, "logs")),
                new("auto.create.topics.enable", "false")],
            out var errors);
        Assert.Empty(errors);
        var disk = new LinuxFileSystem();
        var store = FileMetadataStore.Open(Path.Combine(folder.FullName, "metadata"), disk);
        var plugins = new PluginCatalog(
            new Dictionary<string, IFrontend>(),
            new Dictionary<string, IReplicationStrategy> { ["local"] = new InstantReplication() },
            new Dictionary<string, ICodec>(),
            new Dictionary<string, IAssignor>());
        var host = await BrokerHost.OpenAsync(
            settings!, store, plugins, disk, TimeProvider.System, NullLoggerFactory.Instance,
            CancellationToken.None);
        return new(folder, store, host);
    }

    /// <summary>Makes a topic and fills its partitions with batches of ten records.</summary>
    public async Task AddAsync(string name, int partitions, int batches, string policy = "delete")
    {
        var made = await Broker.Topics.CreateAsync(
            new NewTopic(name, partitions, 1, null, [new("cleanup.policy", policy)]),
            validateOnly: false, CancellationToken.None);
        Assert.Equal(BrokerError.None, made.Error);
        for (var batch = 0; batch < batches; batch++)
        {
            for (var index = 0; index < partitions; index++)
                await AppendAsync(name, index);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task AppendAsync(string name, int index)
    {
        var completion = new Completion();
        Broker.Produce(
            Broker.FindPartition(name, index)!, TestBatches.Of([.. Enumerable.Repeat("value", 10)]),
            new ProduceOptions(RequiredAcks.Leader, 1000), completion, 0);
        Assert.Equal(BrokerError.None, (await completion.Done).Error);
    }

    private sealed class Completion : IProduceCompletion
    {
        private readonly TaskCompletionSource<ProduceResult> _done = new();

        public Task<ProduceResult> Done => _done.Task;

        public void Complete(long token, in ProduceResult result) => _done.SetResult(result);
    }
}
