namespace Teralog.Records;

/// <summary>The codec of a batch's records section: attribute bits 0 to 2.</summary>
public enum CompressionType
{
    /// <summary>The records stand as they are.</summary>
    None = 0,

    /// <summary>RFC 1952 members.</summary>
    Gzip = 1,

    /// <summary>Snappy blocks in xerial's framing.</summary>
    Snappy = 2,

    /// <summary>One LZ4 frame.</summary>
    Lz4 = 3,

    /// <summary>Zstandard frames.</summary>
    Zstd = 4,
}
