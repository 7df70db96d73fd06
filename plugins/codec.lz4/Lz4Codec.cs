using System.Buffers;
using K4os.Compression.LZ4;
using K4os.Compression.LZ4.Streams;
using Teralog.Abstractions;

namespace Teralog.Codec.Lz4;

/// <summary>
/// The LZ4 frame format as Kafka reads it (KIP-57): one frame, independent blocks, an end mark;
/// what follows the frame is ignored.
/// </summary>
internal sealed class Lz4Codec : ICodec
{
    private const int LevelDefault = 9;
    private const int LevelMax = 17;
    private const int BlockBytes = 64 * 1024;

    public string Name => "lz4";

    public int Id => 3;

    public CodecResult Decompress(
        ReadOnlySpan<byte> source, IBufferWriter<byte> destination, long capBytes)
    {
        if (!Lz4FrameHeader.IsReadable(source)) return CodecResult.Corrupt;
        return StreamCodec.OverSource(source, stream =>
        {
            using var plain = LZ4Stream.Decode(stream, leaveOpen: true);
            return StreamCodec.CopyCapped(plain, destination, capBytes);
        });
    }

    public CodecResult Compress(
        ReadOnlySpan<byte> source, IBufferWriter<byte> destination, int level)
    {
        if (level != int.MinValue && level is < 1 or > LevelMax) return CodecResult.Unsupported;
        var settings = new LZ4EncoderSettings
        {
            ChainBlocks = false,
            BlockSize = BlockBytes,
            CompressionLevel = ToLibraryLevel(level),
        };
        using var target = new BufferWriterStream(destination);
        using var packed = LZ4Stream.Encode(target, settings, leaveOpen: true);
        packed.Write(source);
        return CodecResult.Done;
    }

    /// <summary>Kafka's levels are 1 to 17; its default, 9, means the fast encoder, as in its own
    /// library. The library's high compression has levels 3 to 12.</summary>
    private static LZ4Level ToLibraryLevel(int level) => level switch
    {
        int.MinValue or LevelDefault => LZ4Level.L00_FAST,
        < (int)LZ4Level.L03_HC => LZ4Level.L03_HC,
        > (int)LZ4Level.L12_MAX => LZ4Level.L12_MAX,
        _ => (LZ4Level)level,
    };
}
