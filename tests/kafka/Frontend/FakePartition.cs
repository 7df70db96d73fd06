using Microsoft.Win32.SafeHandles;
using Teralog.Abstractions;
using Teralog.Records;

namespace Teralog.Protocol.Kafka.Tests;

/// <summary>One partition over a temporary file: the least that a frontend needs to be tested.
/// </summary>
internal sealed class FakePartition : PartitionHandle, IDisposable
{
    private readonly Lock _lock = new();
    private readonly SafeFileHandle _file;
    private readonly List<(long Base, long Last, long Position, int Size)> _batches = new(4096);
    private readonly CountingLease _lease = new();
    private long _sizeBytes;
    private long _endOffset;

    public FakePartition(string topic, Guid topicId, int index)
    {
        (Topic, TopicId, Index) = (topic, topicId, index);
        _file = File.OpenHandle(
            Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite,
            FileShare.ReadWrite, FileOptions.DeleteOnClose);
    }

    public override string Topic { get; }

    public override Guid TopicId { get; }

    public override int Index { get; }

    public override int LeaderEpoch => 3;

    public bool IsInternal { get; init; }

    public long EndOffset => Volatile.Read(ref _endOffset);

    /// <summary>Slices that were handed out and not given back.</summary>
    public int LeasesOut => _lease.Out;

    public ProduceResult Append(Span<byte> bytes)
    {
        if (IsInternal)
            return ProduceResult.Failed(BrokerError.InvalidTopic);
        var check = BatchValidator.Check(bytes, new BatchRules(), out _);
        if (check != BatchCheck.Ok)
        {
            return ProduceResult.Failed(
                check is BatchCheck.CorruptCrc or BatchCheck.BadLength or BatchCheck.BadMagic
                    ? BrokerError.CorruptBatch
                    : BrokerError.InvalidRecord);
        }
        lock (_lock)
            return Store(bytes);
    }

    public FetchResult Read(in FetchOptions options)
    {
        lock (_lock)
        {
            if (options.Offset < 0 || options.Offset > _endOffset)
                return new() { Error = BrokerError.OffsetOutOfRange };
            var (position, size) = Range(options);
            if (size > 0)
                _ = Interlocked.Increment(ref _lease.Out);
            return new()
            {
                HighWatermark = _endOffset,
                LastStableOffset = _endOffset,
                LogStartOffset = 0,
                Slice = size > 0 ? new(_file, position, size, _lease) : default,
                AbortedTransactions =
                    options.Isolation == Isolation.ReadCommitted ? [new(7, 0)] : null,
            };
        }
    }

    public void Dispose() => _file.Dispose();

    private ProduceResult Store(Span<byte> bytes)
    {
        var editor = new BatchEditor(bytes);
        editor.SetBaseOffset(_endOffset);
        editor.SetLeaderEpoch(LeaderEpoch);
        RandomAccess.Write(_file, bytes, _sizeBytes);
        var header = editor.Header;
        _batches.Add((header.BaseOffset, header.LastOffset, _sizeBytes, bytes.Length));
        _sizeBytes += bytes.Length;
        Volatile.Write(ref _endOffset, header.NextOffset);
        return new(BrokerError.None, header.BaseOffset, -1, 0, null);
    }

    private (long Position, int Size) Range(FetchOptions options)
    {
        var first = 0;
        while (first < _batches.Count && _batches[first].Last < options.Offset)
            first++;
        if (first == _batches.Count)
            return default;
        var size = 0;
        for (var index = first; index < _batches.Count; index++)
        {
            var fits = size + _batches[index].Size <= options.MaxBytes;
            if (!fits && !(size == 0 && options.AtLeastOneBatch))
                break;
            size += _batches[index].Size;
        }
        return (_batches[first].Position, size);
    }

    private sealed class CountingLease : IDisposable
    {
        public int Out;

        public void Dispose() => Interlocked.Decrement(ref Out);
    }
}
