using Teralog.Abstractions;

namespace Teralog.Protocol.Kafka.Tests;

/// <summary>A broker of temporary files. Produces can be held back, and everything that the
/// frontend asks for is counted.</summary>
internal sealed class FakeBroker : IBroker, IClusterView, IProducerIds, IDisposable
{
    private readonly FakeTopics _topics = new();
    private readonly List<(IProduceCompletion, long, ProduceResult)> _held = [];
    private readonly List<FakeWatch> _watches = [];
    private readonly Lock _lock = new();
    private ListenerSpec? _listener;
    private long _producerId = 4000;

    public IClusterView Cluster => this;

    public ITopics Topics => _topics;

    public FakeTopics Fakes => _topics;

    public IConfigs Configs { get; } = new FakeConfigs();

    public IGroups Groups => throw new NotSupportedException();

    public IProducerIds ProducerIds => this;

    public ILogDirectories LogDirectories => throw new NotSupportedException();

    public string ClusterId => "QtlEa8jBQp6EsQB4nACzZQ";

    public int NodeId => 1;

    public int ControllerId => 1;

    /// <summary>Completions are kept until <see cref="TakeHeld"/>.</summary>
    public bool HoldsProduces { get; set; }

    /// <summary>Managed bytes that the loop's thread had allocated at the latest produce or
    /// fetch.</summary>
    public long AllocatedOnLoop { get; private set; }

    public int HeldCount
    {
        get
        {
            lock (_lock)
                return _held.Count;
        }
    }

    public int WatchCount
    {
        get
        {
            lock (_lock)
                return _watches.Count;
        }
    }

    public ICodec? Codec(int codecId) => null;

    public IReadOnlyList<BrokerEndpoint> Brokers(string listenerName) =>
        [new(1, _listener?.AdvertisedHost ?? "", _listener?.AdvertisedPort ?? 0, null)];

    public void Advertise(ListenerSpec listener) => _listener = listener;

    public PartitionHandle? FindPartition(ReadOnlySpan<char> topic, int partition) =>
        _topics.FindPartition(topic, partition);

    public PartitionHandle? FindPartition(Guid topicId, int partition) =>
        _topics.FindPartition(topicId, partition);

    public void Produce(
        PartitionHandle partition, Span<byte> batches, in ProduceOptions options,
        IProduceCompletion completion, long token)
    {
        AllocatedOnLoop = GC.GetAllocatedBytesForCurrentThread();
        var result = ((FakePartition)partition).Append(batches);
        Wake();
        if (!HoldsProduces)
        {
            completion.Complete(token, result);
            return;
        }
        lock (_lock)
            _held.Add((completion, token, result));
    }

    /// <summary>The held completions, to be called in any order and on any thread.</summary>
    public List<Action> TakeHeld()
    {
        lock (_lock)
        {
            List<Action> taken = [.. _held.Select(
                one => (Action)(() => one.Item1.Complete(one.Item2, one.Item3)))];
            _held.Clear();
            return taken;
        }
    }

    public FetchResult Fetch(PartitionHandle partition, in FetchOptions options)
    {
        AllocatedOnLoop = GC.GetAllocatedBytesForCurrentThread();
        return ((FakePartition)partition).Read(options);
    }

    public IDisposable Watch(ReadOnlySpan<WatchItem> items, int minBytes, IFetchWaiter waiter)
    {
        var watch = new FakeWatch(this, items.ToArray(), waiter);
        lock (_lock)
            _watches.Add(watch);
        return watch;
    }

    public OffsetLookupResult LookupOffset(
        PartitionHandle partition, in OffsetLookup lookup) => lookup.Place switch
        {
            OffsetPlace.Latest =>
                new(BrokerError.None, ((FakePartition)partition).EndOffset, -1, 3),
            OffsetPlace.Earliest => new(BrokerError.None, 0, -1, 3),
            _ => new(BrokerError.None, -1, -1, -1),
        };

    public EpochEndResult EpochEnd(
        PartitionHandle partition, int currentLeaderEpoch, int epoch) =>
        new(BrokerError.None, 3, ((FakePartition)partition).EndOffset);

    public ValueTask<ProducerIdResult> InitAsync(CancellationToken cancellationToken) =>
        new(new ProducerIdResult(BrokerError.None, Interlocked.Increment(ref _producerId), 0));

    public void Dispose() => _topics.Dispose();

    private void Wake()
    {
        lock (_lock)
        {
            if (_watches.Count == 0)
                return;
        }
        WakeReady();
    }

    private void WakeReady()
    {
        List<FakeWatch> ready;
        lock (_lock)
        {
            ready = [.. _watches.Where(watch => watch.IsReady)];
            _ = _watches.RemoveAll(watch => ready.Contains(watch));
        }
        foreach (var watch in ready)
            watch.Wake();
    }

    private sealed class FakeWatch(FakeBroker broker, WatchItem[] items, IFetchWaiter waiter)
        : IDisposable
    {
        public bool IsReady => items.Any(
            item => ((FakePartition)item.Partition).EndOffset > item.Offset);

        public void Wake() => waiter.Wake();

        public void Dispose()
        {
            lock (broker._lock)
                _ = broker._watches.Remove(this);
        }
    }
}
