namespace Teralog.Records;

/// <summary>One record, as a view over the bytes of its batch.</summary>
public readonly ref struct RecordView
{
    private readonly ReadOnlySpan<byte> _headers;

    internal RecordView(
        long offset, long timestampMs, NullableBytes key, NullableBytes value,
        ReadOnlySpan<byte> headers, int headerCount)
    {
        Offset = offset;
        TimestampMs = timestampMs;
        Key = key;
        Value = value;
        _headers = headers;
        HeaderCount = headerCount;
    }

    /// <summary>Offset in the partition.</summary>
    public long Offset { get; }

    /// <summary>Milliseconds since 1970, or -1.</summary>
    public long TimestampMs { get; }

    /// <summary>The key.</summary>
    public NullableBytes Key { get; }

    /// <summary>The value; null is a tombstone.</summary>
    public NullableBytes Value { get; }

    /// <summary>Number of headers.</summary>
    public int HeaderCount { get; }

    /// <summary>The headers in order.</summary>
    public RecordHeaderEnumerator Headers => new(_headers, HeaderCount);
}
