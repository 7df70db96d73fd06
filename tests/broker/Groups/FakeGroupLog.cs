using System.Buffers;
using Teralog.Abstractions;
using Teralog.Broker.Groups;
using Teralog.Records;

namespace Teralog.Broker.Tests.Groups;

/// <summary>One partition of the internal topic in memory; completions can be held or failed.
/// </summary>
internal sealed class FakeGroupLog : IGroupLog
{
    private readonly List<byte[]> _batches = [];
    private readonly Queue<IProduceCompletion> _held = new();
    private int _safeCount;

    public int PartitionCount { get; set; } = 1;

    public long EndOffset { get; private set; }

    /// <summary>Completions wait for <see cref="Release"/>.</summary>
    public bool IsHolding { get; set; }

    /// <summary>Appends fail with this, and store nothing.</summary>
    public BrokerError Failure { get; set; }

    /// <summary>Appends are stored, and fail with this.</summary>
    public BrokerError FailureAfterAppend { get; set; }

    public int AppendCount { get; private set; }

    public ValueTask<BrokerError> CreateAsync(CancellationToken cancellationToken)
    {
        PartitionCount = 1;
        return new(BrokerError.None);
    }

    public void Append(int partition, Span<byte> batch, IProduceCompletion completion)
    {
        AppendCount++;
        if (Failure != BrokerError.None)
        {
            completion.Complete(0, ProduceResult.Failed(Failure));
            return;
        }

        var stored = batch.ToArray();
        new BatchEditor(stored).SetBaseOffset(EndOffset);
        EndOffset += new BatchHeader(stored).Count;
        _batches.Add(stored);
        if (FailureAfterAppend != BrokerError.None)
            completion.Complete(0, ProduceResult.Failed(FailureAfterAppend));
        else if (IsHolding)
            _held.Enqueue(completion);
        else
            Complete(completion);
    }

    /// <summary>Completes what was held, newest first: the shard must put it in order.</summary>
    public void Release()
    {
        foreach (var completion in _held.Reverse().ToArray())
            Complete(completion);
        _held.Clear();
    }

    public GroupLogBounds Bounds(int partition) => new(BrokerError.None, 0, EndOffset);

    public BrokerError Read(
        int partition, long offset, int maxBytes, IBufferWriter<byte> destination)
    {
        var sizeBytes = 0;
        foreach (var batch in _batches)
        {
            if (new BatchHeader(batch).NextOffset <= offset || sizeBytes > maxBytes)
                continue;
            destination.Write(batch);
            sizeBytes += batch.Length;
        }

        return BrokerError.None;
    }

    public ICodec? Codec(int codecId) => null;

    /// <summary>What a broker finds after a crash: all that was completed, and of what was not
    /// any first part that <paramref name="choose"/> takes (by default all).</summary>
    public FakeGroupLog Copy(Func<int, int>? choose = null)
    {
        var kept = _safeCount + (choose ?? (most => most))(_batches.Count - _safeCount);
        var copy = new FakeGroupLog { _safeCount = kept };
        copy._batches.AddRange(_batches.Take(kept));
        copy.EndOffset = kept == 0 ? 0 : new BatchHeader(copy._batches[^1]).NextOffset;
        return copy;
    }

    public void Add(byte[] batch)
    {
        new BatchEditor(batch).SetBaseOffset(EndOffset);
        EndOffset += new BatchHeader(batch).Count;
        _batches.Add(batch);
    }

    // A completion means that everything up to here is on disk.
    private void Complete(IProduceCompletion completion)
    {
        _safeCount = _batches.Count;
        completion.Complete(0, new ProduceResult(BrokerError.None, EndOffset, -1, 0, null));
    }
}
