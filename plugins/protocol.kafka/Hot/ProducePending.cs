using Teralog.Abstractions;
using Teralog.Records;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// A produce on its way, pooled by loop. Results come by index, inline or from any thread; the
/// last one makes it ready. The dispatcher holds one count itself, so that inline results cannot
/// finish a request that is still being dispatched.
/// </summary>
internal sealed class ProducePending : PendingResponse, IProduceCompletion
{
    private static readonly Action<object?> FinishOnLoop =
        static state => ((ProducePending)state!).Finish();

    private ProduceSlot[] _slots = new ProduceSlot[8];
    private KafkaConnection? _connection;
    private int _outstanding;
    private bool _isBegun;
    private bool _isAbandoned;

    public TopicSlots Topics { get; } = new();

    public int PartitionCount { get; private set; }

    public short Version { get; private set; }

    public int CorrelationId { get; private set; }

    public short Acks { get; private set; }

    public int TimeoutMs { get; private set; }

    public bool IsTransactional { get; private set; }

    public ref readonly ProduceSlot Partition(int index) => ref _slots[index];

    public void Open(KafkaConnection connection, short version, int correlationId)
    {
        _connection = connection;
        Version = version;
        CorrelationId = correlationId;
    }

    public void SetOptions(bool isTransactional, short acks, int timeoutMs)
    {
        IsTransactional = isTransactional;
        Acks = acks;
        TimeoutMs = timeoutMs;
    }

    /// <summary>Adds a partition of the topic that was added last.</summary>
    public void AddPartition(int index, int recordsStart, int recordsSizeBytes)
    {
        if (PartitionCount == _slots.Length)
            Array.Resize(ref _slots, PartitionCount * 2);
        ref var slot = ref _slots[PartitionCount++];
        slot.Topic = Topics.Count - 1;
        slot.Index = index;
        slot.RecordsStart = recordsStart;
        slot.RecordsSizeBytes = recordsSizeBytes;
    }

    public PartitionHandle? FindPartition(int index, IBroker broker) =>
        Topics.FindPartition(
            _slots[index].Topic, _slots[index].Index, ProduceWriter.HasTopicIds(Version), broker);

    /// <summary>What to say of a partition that was not found.</summary>
    public BrokerError UnknownTopicError(int index) =>
        ProduceWriter.HasTopicIds(Version)
            && _connection!.Services.Broker.Topics.Find(Topics.TopicId(_slots[index].Topic)) is null
            ? BrokerError.UnknownTopicId
            : BrokerError.UnknownTopicOrPartition;

    /// <summary>Answers every partition the same; nothing was appended.</summary>
    public void CompleteAll(BrokerError error)
    {
        for (var index = 0; index < PartitionCount; index++)
            _slots[index].Result = ProduceResult.Failed(error);
        IsReady = true;
    }

    public void BeginAppends()
    {
        _isBegun = true;
        _outstanding = PartitionCount + 1;
    }

    /// <summary>The dispatcher is done: ready at once where all results are there.</summary>
    public void EndAppends()
    {
        if (Interlocked.Decrement(ref _outstanding) == 0)
            IsReady = true;
    }

    /// <inheritdoc/>
    public void Complete(long token, in ProduceResult result)
    {
        _slots[token].Result = result;
        if (Interlocked.Decrement(ref _outstanding) == 0)
            _ = _connection!.Connection.Post(FinishOnLoop, this);
    }

    /// <inheritdoc/>
    public override long HeldBytes => (long)PartitionCount * Limits.ProducePartitionBytes;

    /// <inheritdoc/>
    public override void WriteTo(KafkaConnection connection)
    {
        if (Acks != 0)
            ProduceWriter.Write(this, connection);
        else if (FirstFailure() is { } failed)
            connection.RejectAnswerless("Produce", Version, $"acks 0 failed with {failed}");
        Release();
    }

    /// <inheritdoc/>
    public override void Abandon()
    {
        _isAbandoned = true;
        if (IsReady || !_isBegun)
            Release();
    }

    private ErrorCode? FirstFailure()
    {
        for (var index = 0; index < PartitionCount; index++)
        {
            if (_slots[index].Result.Error != BrokerError.None)
                return _slots[index].Result.Error.ToCode();
        }
        return null;
    }

    // On the loop, once, when the last result came from elsewhere.
    private void Finish()
    {
        Invariant.That(!IsReady);
        IsReady = true;
        if (_isAbandoned)
            Release();
        else
            _connection!.Drain();
    }

    private void Release()
    {
        var loop = _connection!.Loop;
        Topics.Clear();
        if (_slots.Length > Limits.PooledElementsMax)
            _slots = new ProduceSlot[8];
        else
            Array.Clear(_slots, 0, PartitionCount);
        PartitionCount = 0;
        IsReady = false;
        _isBegun = false;
        _isAbandoned = false;
        _connection = null;
        loop.Produces.Return(this);
    }
}
