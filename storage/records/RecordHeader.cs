namespace Teralog.Records;

/// <summary>One header of a record: a key in UTF-8 and a value that may be null.</summary>
public readonly ref struct RecordHeader
{
    internal RecordHeader(ReadOnlySpan<byte> key, NullableBytes value)
    {
        Key = key;
        Value = value;
    }

    /// <summary>The key's bytes, not checked to be UTF-8.</summary>
    public ReadOnlySpan<byte> Key { get; }

    /// <summary>The value.</summary>
    public NullableBytes Value { get; }
}
