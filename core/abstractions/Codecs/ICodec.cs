using System.Buffers;

namespace Teralog.Abstractions;

/// <summary>
/// Bytes to bytes with a cap. Stateless per call, called from many threads at once; native handles
/// are pooled inside. Never called on the produce path.
/// </summary>
public interface ICodec
{
    /// <summary>Name in configuration: <c>gzip</c>, <c>snappy</c>, <c>lz4</c>,
    /// <c>zstd</c>.</summary>
    string Name { get; }

    /// <summary>Id in the batch attributes (1 gzip, 2 snappy, 3 lz4, 4 zstd), or -1 for a codec
    /// that no batch names.</summary>
    int Id { get; }

    /// <summary>
    /// Decompresses the whole source. Streams: it never trusts a length that the source claims and
    /// writes at most <paramref name="capBytes"/> bytes.
    /// </summary>
    CodecResult Decompress(
        ReadOnlySpan<byte> source, IBufferWriter<byte> destination, long capBytes);

    /// <summary>Compresses the whole source in the framing that Kafka's batches carry.</summary>
    /// <param name="source">Plain bytes.</param>
    /// <param name="destination">Takes the compressed bytes.</param>
    /// <param name="level">Codec level, or <see cref="int.MinValue"/> for the codec's
    /// default.</param>
    CodecResult Compress(ReadOnlySpan<byte> source, IBufferWriter<byte> destination, int level);
}

/// <summary>Outcome of a codec call.</summary>
public enum CodecResult
{
    /// <summary>All of the source is done.</summary>
    Done,
    /// <summary>The output would pass the cap; what was written is not usable.</summary>
    CapExceeded,
    /// <summary>The source is not what the codec reads.</summary>
    Corrupt,
    /// <summary>The codec cannot work here (a native library is missing, a level is
    /// unknown).</summary>
    Unsupported,
}
