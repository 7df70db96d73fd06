namespace Teralog.Records;

/// <summary>Bytes that may be null, which differs from empty: a key or a value.</summary>
public readonly ref struct NullableBytes
{
    private readonly bool _isPresent;
    private readonly ReadOnlySpan<byte> _span;

    /// <summary>Bytes that are there, if none.</summary>
    public NullableBytes(ReadOnlySpan<byte> bytes)
    {
        _isPresent = true;
        _span = bytes;
    }

    /// <summary>No bytes: a record without a key, or a tombstone.</summary>
    public static NullableBytes Null => default;

    /// <summary>Whether there are no bytes, not even zero of them.</summary>
    public bool IsNull => !_isPresent;

    /// <summary>The bytes; empty where null.</summary>
    public ReadOnlySpan<byte> Span => _span;

    /// <summary>Bytes that are there.</summary>
    public static implicit operator NullableBytes(ReadOnlySpan<byte> bytes) => new(bytes);

    /// <summary>The bytes of an array, null if there is none.</summary>
    public static implicit operator NullableBytes(byte[]? bytes) =>
        bytes is null ? default : new NullableBytes(bytes);

    /// <summary>A copy, null if null.</summary>
    public byte[]? ToArray() => _isPresent ? _span.ToArray() : null;
}
