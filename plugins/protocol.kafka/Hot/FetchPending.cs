using Teralog.Abstractions;
using Teralog.Net;
using Teralog.Records;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// A fetch on its way, pooled by loop: collects slices, parks while there is too little, and is
/// written at its turn. Everything here runs on the connection's loop; only
/// <see cref="FetchPark"/> hears of other threads.
/// </summary>
internal sealed class FetchPending : PendingResponse
{
    private static readonly Action<object?> DeadlineOnLoop =
        static state => ((FetchPending)state!).Resume();

    private FetchSlot[] _slots = new FetchSlot[8];
    private WatchItem[] _watched = [];
    private (int Topic, int Partition)[] _forgotten = [];
    private KafkaConnection? _connection;
    private FetchPark? _park;
    private ScheduledWork? _deadline;

    /// <summary>What the request says beside its partitions.</summary>
    public FetchParameters Parameters;

    public TopicSlots Topics { get; } = new();

    public TopicSlots ForgottenTopics { get; } = new();

    public ReadOnlySpan<(int Topic, int Partition)> Forgotten =>
        _forgotten.AsSpan(0, ForgottenCount);

    public Span<FetchSlot> Slots => _slots.AsSpan(0, PartitionCount);

    public int PartitionCount { get; private set; }

    public int ForgottenCount { get; private set; }

    public short Version { get; private set; }

    public int CorrelationId { get; private set; }

    /// <summary>How the fetch stands to its session.</summary>
    public FetchContext Context { get; private set; }

    /// <summary>The session, for an incremental fetch.</summary>
    public FetchSession? Session { get; private set; }

    public void Open(KafkaConnection connection, short version, int correlationId)
    {
        _connection = connection;
        Version = version;
        CorrelationId = correlationId;
    }

    public ref FetchSlot AddPartition()
    {
        if (PartitionCount == _slots.Length)
            Array.Resize(ref _slots, PartitionCount * 2);
        return ref _slots[PartitionCount++];
    }

    public void AddForgotten(int topic, int partition)
    {
        if (ForgottenCount == _forgotten.Length)
            Array.Resize(ref _forgotten, Math.Max(4, ForgottenCount * 2));
        _forgotten[ForgottenCount++] = (topic, partition);
    }

    /// <summary>Forgets the partitions that the request named: the session has the list.</summary>
    public void ClearPartitions()
    {
        Array.Clear(_slots, 0, PartitionCount);
        PartitionCount = 0;
        Topics.Clear();
    }

    /// <summary>Resolves the session, reads, and answers at once or parks.</summary>
    public void Start()
    {
        var services = _connection!.Services;
        (Context, Session) = services.FetchSessions.Resolve(this);
        if (!Context.IsError())
        {
            Parameters.MaxBytes = Math.Min(Parameters.MaxBytes, services.Settings.FetchBytesMax);
            FetchReader.FindPartitions(this, services.Broker);
            var enough = FetchReader.Read(this, services.Broker);
            if (!enough && Park(services.Broker))
                return;
        }
        IsReady = true;
    }

    /// <inheritdoc/>
    public override long HeldBytes => (long)PartitionCount * Limits.FetchPartitionBytes;

    /// <inheritdoc/>
    public override void WriteTo(KafkaConnection connection)
    {
        FetchWriter.Write(this, connection);
        Release();
    }

    /// <inheritdoc/>
    public override void Hurry()
    {
        if (_park is null)
            return;
        Unpark();
        _ = FetchReader.Read(this, _connection!.Services.Broker);
        IsReady = true;
    }

    /// <inheritdoc/>
    public override void Abandon()
    {
        Unpark();
        Release();
    }

    /// <summary>The park is over: woken, or its time has come.</summary>
    public void Resume()
    {
        Invariant.That(!IsReady);
        Unpark();
        _ = FetchReader.Read(this, _connection!.Services.Broker);
        IsReady = true;
        _connection.Drain();
    }

    /// <summary>Runs work on the loop; from any thread.</summary>
    public void Post(Action<object?> work, object state) =>
        _ = _connection!.Connection.Post(work, state);

    private bool Park(IBroker broker)
    {
        if (Parameters.MaxWaitMs <= 0)
            return false;
        if (_watched.Length < PartitionCount)
            _watched = new WatchItem[_slots.Length];
        for (var index = 0; index < PartitionCount; index++)
        {
            ref var slot = ref _slots[index];
            slot.DropSlice();
            _watched[index] = new(slot.Handle!, slot.Offset, Parameters.Isolation);
        }
        var waitMs = Math.Min(Parameters.MaxWaitMs, Limits.FetchWaitMsMax);
        _park = new FetchPark(this, _connection!.Connection);
        _deadline = _connection.Connection.Schedule(
            TimeSpan.FromMilliseconds(waitMs), DeadlineOnLoop, this);
        _park.Watch = broker.Watch(
            _watched.AsSpan(0, PartitionCount), Parameters.MinBytes, _park);
        return true;
    }

    private void Unpark()
    {
        if (_park is null)
            return;
        _park.End();
        _park = null;
        Array.Clear(_watched, 0, PartitionCount);
        _deadline?.Cancel();
        _deadline = null;
    }

    private void Release()
    {
        var loop = _connection!.Loop;
        for (var index = 0; index < PartitionCount; index++)
            _slots[index].DropSlice();
        ClearPartitions();
        ForgottenTopics.Clear();
        ForgottenCount = 0;
        if (_slots.Length > Limits.PooledElementsMax)
            (_slots, _forgotten, _watched) = (new FetchSlot[8], [], []);
        Session = null;
        IsReady = false;
        _connection = null;
        loop.Fetches.Return(this);
    }
}
