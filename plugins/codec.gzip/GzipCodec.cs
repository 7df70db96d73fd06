using System.Buffers;
using System.IO.Compression;
using Teralog.Abstractions;

namespace Teralog.Codec.Gzip;

/// <summary>Gzip by the framework: several members are read, each trailer's CRC is verified.
/// </summary>
internal sealed class GzipCodec : ICodec
{
    public string Name => "gzip";

    public int Id => 1;

    public CodecResult Decompress(
        ReadOnlySpan<byte> source, IBufferWriter<byte> destination, long capBytes) =>
        StreamCodec.OverSource(source, stream =>
        {
            using var plain = new GZipStream(stream, CompressionMode.Decompress);
            return StreamCodec.CopyCapped(plain, destination, capBytes);
        });

    public CodecResult Compress(
        ReadOnlySpan<byte> source, IBufferWriter<byte> destination, int level)
    {
        if (!TryLevel(level, out int zlibLevel)) return CodecResult.Unsupported;
        var options = new ZLibCompressionOptions { CompressionLevel = zlibLevel };
        using var target = new BufferWriterStream(destination);
        using var packed = new GZipStream(target, options, leaveOpen: true);
        packed.Write(source);
        return CodecResult.Done;
    }

    /// <summary>Kafka's levels: 1 to 9, or -1 for zlib's own default.</summary>
    private static bool TryLevel(int level, out int zlibLevel)
    {
        zlibLevel = level == int.MinValue ? -1 : level;
        return zlibLevel is -1 or (>= 1 and <= 9);
    }
}
