using System.Buffers;

namespace Teralog.Records;

/// <summary>
/// Builds one batch, magic 2, from records: for internal topics, markers, the command line and
/// tests. Reusable through <see cref="Clear"/>; not for more than one thread.
/// </summary>
public sealed class BatchBuilder
{
    private readonly ArrayBufferWriter<byte> _records = new();
    private long _baseTimestampMs;
    private long _maxTimestampMs = BatchFormat.NoTimestamp;

    /// <summary>Records added so far.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of the batch built so far, if it is not compressed.</summary>
    public int SizeBytes => BatchFormat.HeaderSizeBytes + _records.WrittenCount;

    /// <summary>A marker that ends a transaction (KIP-98), as one control batch.</summary>
    /// <param name="options">Producer and offset; control and transactional are set here.</param>
    /// <param name="isCommit">Commit or abort.</param>
    /// <param name="coordinatorEpoch">Epoch of the transaction coordinator.</param>
    /// <param name="timestampMs">Time of the marker.</param>
    public static byte[] BuildMarker(
        in BatchBuilderOptions options, bool isCommit, int coordinatorEpoch, long timestampMs)
    {
        byte[] key = [0, 0, 0, isCommit ? (byte)1 : (byte)0];
        byte[] value = new byte[6];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(
            value.AsSpan(2), coordinatorEpoch);
        var builder = new BatchBuilder();
        builder.Add(timestampMs, key, value);
        return builder.Build(options with { IsControl = true, IsTransactional = true });
    }

    /// <summary>Forgets all records.</summary>
    public void Clear()
    {
        _records.Clear();
        Count = 0;
        _maxTimestampMs = BatchFormat.NoTimestamp;
    }

    /// <summary>Adds a record without headers.</summary>
    public void Add(long timestampMs, NullableBytes key, NullableBytes value) =>
        Add(timestampMs, key, value, []);

    /// <summary>Adds a record; its offset delta is the number of records before it.</summary>
    /// <param name="timestampMs">Milliseconds since 1970.</param>
    /// <param name="key">The key or null.</param>
    /// <param name="value">The value or null.</param>
    /// <param name="headers">Headers: key in UTF-8 and a value that may be null.</param>
    public void Add(
        long timestampMs, NullableBytes key, NullableBytes value,
        ReadOnlySpan<KeyValuePair<byte[], byte[]?>> headers)
    {
        if (Count == 0)
            _baseTimestampMs = timestampMs;

        long timestampDelta = timestampMs - _baseTimestampMs;
        int length = 1 + Varint.SizeOfLong(timestampDelta) + Varint.SizeOf(Count)
            + SizeOf(key) + SizeOf(value) + Varint.SizeOf(headers.Length);
        foreach (KeyValuePair<byte[], byte[]?> header in headers)
            length += SizeOf(header.Key) + SizeOf(header.Value);

        Span<byte> target = _records.GetSpan(length + Varint.SizeMax32);
        int at = Varint.Write(target, length);
        int end = at + length;
        target[at++] = 0;
        at += Varint.WriteLong(target[at..], timestampDelta);
        at += Varint.Write(target[at..], Count);
        at += Write(target[at..], key);
        at += Write(target[at..], value);
        at += Varint.Write(target[at..], headers.Length);
        foreach (KeyValuePair<byte[], byte[]?> header in headers)
        {
            at += Write(target[at..], header.Key);
            at += Write(target[at..], header.Value);
        }

        Invariant.That(at == end);
        _records.Advance(at);
        _maxTimestampMs = Math.Max(_maxTimestampMs, timestampMs);
        Count++;
    }

    /// <summary>The batch of all records added, CRC included. At least one must be there.</summary>
    public byte[] Build(in BatchBuilderOptions options)
    {
        Invariant.That(Count > 0);
        Invariant.That(options.Compression == CompressionType.None == options.Compressor is null);
        ReadOnlySpan<byte> payload = _records.WrittenSpan;
        if (options.Compressor is not null)
        {
            var compressed = new ArrayBufferWriter<byte>();
            options.Compressor(payload, compressed);
            payload = compressed.WrittenSpan;
        }

        byte[] batch = new byte[BatchFormat.HeaderSizeBytes + payload.Length];
        payload.CopyTo(batch.AsSpan(BatchFormat.HeaderSizeBytes));
        WriteHeader(batch, options);
        return batch;
    }

    private void WriteHeader(byte[] batch, in BatchBuilderOptions options)
    {
        int attributes = (int)options.Compression | ((int)options.TimestampType << 3);
        if (options.IsTransactional)
            attributes |= BatchFormat.TransactionalBit;
        if (options.IsControl)
            attributes |= BatchFormat.ControlBit;

        var editor = new BatchEditor(batch);
        editor.SetBaseOffset(options.BaseOffset);
        editor.SetLength(batch.Length - BatchFormat.LengthPrefixSizeBytes);
        editor.SetLeaderEpoch(options.LeaderEpoch);
        editor.SetMagic(BatchFormat.Magic);
        editor.SetAttributes((short)attributes);
        editor.SetLastOffsetDelta(Count - 1);
        editor.SetBaseTimestampMs(_baseTimestampMs);
        editor.SetMaxTimestampMs(_maxTimestampMs);
        editor.SetProducer(options.ProducerId, options.ProducerEpoch, options.BaseSequence);
        editor.SetCount(Count);
        editor.SealCrc();
    }

    private static int SizeOf(NullableBytes bytes) => bytes.IsNull
        ? Varint.SizeOf(-1)
        : Varint.SizeOf(bytes.Span.Length) + bytes.Span.Length;

    private static int Write(Span<byte> target, NullableBytes bytes)
    {
        int size = Varint.Write(target, bytes.IsNull ? -1 : bytes.Span.Length);
        bytes.Span.CopyTo(target[size..]);
        return size + bytes.Span.Length;
    }
}
