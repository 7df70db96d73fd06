using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Win32.SafeHandles;
using Teralog.Abstractions;
using Teralog.Metadata;

namespace Teralog.Broker.Tests;

/// <summary>A broker in a folder of its own, with a clock that stands still.</summary>
internal sealed class TestBroker : IAsyncDisposable
{
    private readonly FileMetadataStore store;
    private readonly bool ownsFolder;
    private long token;

    private TestBroker(
        string folder, FileMetadataStore store, BrokerHost host, GatedFileSystem disk,
        FakeTimeProvider clock, bool ownsFolder)
    {
        (Folder, Host, Disk, Clock) = (folder, host, disk, clock);
        (this.store, this.ownsFolder) = (store, ownsFolder);
    }

    public string Folder { get; }

    public BrokerHost Host { get; }

    public GatedFileSystem Disk { get; }

    public FakeTimeProvider Clock { get; }

    public Completion Answers { get; } = new();

    public IBroker Broker => Host.Broker;

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static string NewFolder() =>
        Directory.CreateTempSubdirectory("teralog-broker-").FullName;

    public static async Task<TestBroker> Open(
        string? folder = null, bool syncs = false, params (string Name, string Value)[] settings)
    {
        string root = folder ?? NewFolder();
        var disk = new GatedFileSystem();
        var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(Batches.TimeMs));
        var entries = new List<KeyValuePair<string, string>>
        {
            new("log.dirs", Path.Combine(root, "logs")),
        };
        entries.AddRange(settings.Select(one => KeyValuePair.Create(one.Name, one.Value)));
        BrokerSettings? parsed = BrokerSettings.Create(entries, out IReadOnlyList<string> errors);
        Assert.True(parsed is not null, string.Join("; ", errors));
        FileMetadataStore store = FileMetadataStore.Open(Path.Combine(root, "metadata"), disk);
        try
        {
            BrokerHost host = await BrokerHost.OpenAsync(
                parsed, store, Catalog(syncs), disk, clock, NullLoggerFactory.Instance, Stop);
            return new(root, store, host, disk, clock, folder is null);
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    public async Task<TopicView> Create(
        string name, int partitions = 1, params (string Name, string? Value)[] configs)
    {
        CreateTopicResult result = await TryCreate(name, partitions, configs);
        Assert.True(result.Error == BrokerError.None, result.Message);
        return result.Topic!;
    }

    public async Task<CreateTopicResult> TryCreate(
        string name, int partitions = 1, params (string Name, string? Value)[] configs) =>
        await Broker.Topics.CreateAsync(
            new(name, partitions, -1, null,
                [.. configs.Select(one => KeyValuePair.Create(one.Name, one.Value))]),
            validateOnly: false, Stop);

    public PartitionHandle Partition(string topic, int partition = 0)
    {
        PartitionHandle? found = Broker.FindPartition(topic, partition);
        Assert.NotNull(found);
        return found;
    }

    /// <summary>Appends; the answer is in <see cref="Answers"/> under the token.</summary>
    public long Send(
        PartitionHandle partition, byte[] batch, RequiredAcks acks = RequiredAcks.Leader,
        bool isInternal = false, int timeoutMs = 30_000)
    {
        long mine = Interlocked.Increment(ref token);
        Broker.Produce(partition, batch, new(acks, timeoutMs, isInternal), Answers, mine);
        return mine;
    }

    /// <summary>Appends what is answered at once.</summary>
    public ProduceResult Produce(
        PartitionHandle partition, byte[] batch, RequiredAcks acks = RequiredAcks.Leader,
        bool isInternal = false)
    {
        ProduceResult? result = Answers.Find(Send(partition, batch, acks, isInternal));
        Assert.NotNull(result);
        return result.Value;
    }

    /// <summary>The bytes of a fetch.</summary>
    public (FetchResult Result, byte[] Bytes) Fetch(
        PartitionHandle partition, long offset, int maxBytes = 1 << 20,
        Isolation isolation = Isolation.ReadUncommitted)
    {
        FetchResult result = Broker.Fetch(partition, new(offset, maxBytes, isolation, true));
        byte[] bytes = new byte[result.Slice.Length];
        if (result.Slice.Handle is SafeFileHandle handle)
            Assert.Equal(bytes.Length, RandomAccess.Read(handle, bytes, result.Slice.Position));
        result.Slice.Lease?.Dispose();
        return (result, bytes);
    }

    /// <summary>Copies the folder as it is now: what a kill would leave.</summary>
    public string CopyAsKilled()
    {
        string copy = NewFolder();
        foreach (string path in Directory.GetFiles(Folder, "*", SearchOption.AllDirectories))
        {
            // The lock is the living process's: a kill lets go of it.
            if (Path.GetFileName(path) == ".lock")
                continue;
            string target = Path.Combine(copy, Path.GetRelativePath(Folder, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            CopyIfThere(path, target);
        }

        return copy;
    }

    /// <summary>The living broker may delete a file between the listing and the copy.</summary>
    private static void CopyIfThere(string path, string target)
    {
        try
        {
            File.Copy(path, target);
        }
        catch (IOException exception)
            when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            File.Delete(target);
        }
    }

    public async ValueTask StopAsync()
    {
        await Host.StopAsync();
        await store.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Disk.LetSyncsGo();
        await StopAsync();
        if (ownsFolder)
            Directory.Delete(Folder, recursive: true);
    }

    private static PluginCatalog Catalog(bool syncs) => new(
        new Dictionary<string, IFrontend>(),
        new Dictionary<string, IReplicationStrategy> { ["local"] = new TestReplication(syncs) },
        new Dictionary<string, ICodec> { ["gzip"] = new TestCodec() },
        new Dictionary<string, IAssignor>());
}
