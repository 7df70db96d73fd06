namespace Teralog.Records;

/// <summary>
/// Reads the records of one batch, not compressed, without allocating. For consumers of internal
/// topics, tools and tests; nothing on the produce or fetch path reads records. Bytes may be
/// hostile: a record that is not whole ends the reading with <see cref="IsMalformed"/>.
/// </summary>
public ref struct RecordReader
{
    private readonly long _baseOffset;
    private readonly long _baseTimestampMs;
    private readonly long? _appendTimeMs;
    private ReadOnlySpan<byte> _rest;
    private int _left;

    /// <summary>A reader of a whole batch whose records are not compressed.</summary>
    public RecordReader(in BatchHeader batch)
        : this(batch, batch.RecordsSection)
    {
        Invariant.That(batch.Compression == CompressionType.None);
    }

    /// <summary>A reader of a batch's records that were decompressed elsewhere.</summary>
    /// <param name="batch">The batch's header.</param>
    /// <param name="records">The records section after decompression.</param>
    public RecordReader(in BatchHeader batch, ReadOnlySpan<byte> records)
    {
        _baseOffset = batch.BaseOffset;
        _baseTimestampMs = batch.BaseTimestampMs;
        _appendTimeMs = batch.TimestampType == TimestampType.LogAppendTime
            ? batch.MaxTimestampMs
            : null;
        _rest = records;
        _left = batch.Count;
        IsMalformed = _left < 0;
    }

    /// <summary>Whether reading ended at bytes that are no record, or at too many.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>Reads the next record; false after the last or where none is.</summary>
    public bool TryRead(out RecordView record)
    {
        record = default;
        if (IsMalformed || _left == 0)
        {
            IsMalformed |= _rest.Length > 0;
            return false;
        }

        IsMalformed = !TryTakeRecord(out record);
        _left--;
        return !IsMalformed;
    }

    internal static bool TryTakeBytes(
        scoped ref ReadOnlySpan<byte> rest, out NullableBytes bytes)
    {
        bytes = default;
        int size = Varint.Read(rest, out int length);
        if (size == 0 || length > rest.Length - size)
            return false;

        rest = rest[size..];
        if (length < 0)
            return true;

        bytes = new NullableBytes(rest[..length]);
        rest = rest[length..];
        return true;
    }

    private bool TryTakeRecord(out RecordView record)
    {
        record = default;
        int size = Varint.Read(_rest, out int length);
        if (size == 0 || length <= 0 || length > _rest.Length - size)
            return false;

        ReadOnlySpan<byte> body = _rest.Slice(size + 1, length - 1);
        _rest = _rest[(size + length)..];
        size = Varint.ReadLong(body, out long timestampDelta);
        if (size == 0)
            return false;

        body = body[size..];
        size = Varint.Read(body, out int offsetDelta);
        body = body[size..];
        if (size == 0 || !TryTakeBytes(ref body, out NullableBytes key)
            || !TryTakeBytes(ref body, out NullableBytes value))
            return false;

        size = Varint.Read(body, out int headerCount);
        ReadOnlySpan<byte> headers = body[size..];
        if (size == 0 || headerCount < 0 || !AreHeadersWhole(headers, headerCount))
            return false;

        long timestampMs = _appendTimeMs ?? unchecked(_baseTimestampMs + timestampDelta);
        record = new RecordView(
            _baseOffset + offsetDelta, timestampMs, key, value, headers, headerCount);
        return true;
    }

    private static bool AreHeadersWhole(ReadOnlySpan<byte> rest, int count)
    {
        for (int index = 0; index < count; index++)
        {
            if (!TryTakeBytes(ref rest, out NullableBytes key) || key.IsNull
                || !TryTakeBytes(ref rest, out _))
                return false;
        }

        return rest.Length == 0;
    }
}
