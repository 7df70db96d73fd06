using System.Buffers;
using Teralog.Abstractions;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Teralog.Codec.Zstd;

/// <summary>
/// Zstandard by the ZstdSharp port. Several frames and skippable ones are read. The window is
/// limited; the content size that a frame claims is not used.
/// </summary>
internal sealed class ZstdCodec : ICodec
{
    /// <summary>128 MiB, what zstd's own tools accept without being asked.</summary>
    private const int WindowLogMax = 27;

    private const int LevelDefault = 3;

    public string Name => "zstd";

    public int Id => 4;

    public CodecResult Decompress(
        ReadOnlySpan<byte> source, IBufferWriter<byte> destination, long capBytes) =>
        StreamCodec.OverSource(source, stream =>
        {
            using var decompressor = new Decompressor();
            decompressor.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, WindowLogMax);
            using var plain = new DecompressionStream(
                stream, decompressor, checkEndOfStream: true, leaveOpen: true);
            return StreamCodec.CopyCapped(plain, destination, capBytes);
        });

    public CodecResult Compress(
        ReadOnlySpan<byte> source, IBufferWriter<byte> destination, int level)
    {
        int wanted = level == int.MinValue ? LevelDefault : level;
        if (wanted < Compressor.MinCompressionLevel || wanted > Compressor.MaxCompressionLevel)
            return CodecResult.Unsupported;
        using var compressor = new Compressor(wanted);
        var target = destination.GetSpan(Compressor.GetCompressBound(source.Length));
        destination.Advance(compressor.Wrap(source, target));
        return CodecResult.Done;
    }
}
