namespace Teralog.Metadata;

/// <summary>One key with its value.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The bytes; the caller must not change them.</param>
/// <param name="Revision">The revision of the transaction that wrote it last.</param>
public sealed record MetadataEntry(string Key, ReadOnlyMemory<byte> Value, long Revision);
