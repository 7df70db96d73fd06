using System.Buffers;
using System.Buffers.Binary;
using Teralog.Abstractions;

namespace Teralog.Codec.Snappy;

/// <summary>
/// Snappy blocks in the framing of the xerial library, which Kafka's clients write: a 16-byte
/// header, then blocks behind their length (int32, big endian). One raw block without a frame, and
/// several frames in a row, are read as well.
/// </summary>
internal sealed class SnappyCodec : ICodec
{
    private const int HeaderBytes = 16;
    private const int BlockBytes = 32 * 1024;

    /// <summary>A copy element of 3 bytes makes 64: no real block grows by more than
    /// this.</summary>
    private const int GrowthMax = 24;

    private static ReadOnlySpan<byte> Magic => [0x82, (byte)'S', (byte)'N', (byte)'A', (byte)'P',
        (byte)'P', (byte)'Y', 0];

    public string Name => "snappy";

    public int Id => 2;

    public CodecResult Decompress(
        ReadOnlySpan<byte> source, IBufferWriter<byte> destination, long capBytes)
    {
        if (!source.StartsWith(Magic))
            return DecompressBlock(source, destination, ref capBytes);
        while (!source.IsEmpty)
        {
            if (source.StartsWith(Magic))
            {
                if (source.Length < HeaderBytes) return CodecResult.Corrupt;
                source = source[HeaderBytes..];
                continue;
            }
            if (!TryTakeBlock(ref source, out var block)) return CodecResult.Corrupt;
            var result = DecompressBlock(block, destination, ref capBytes);
            if (result != CodecResult.Done) return result;
        }
        return CodecResult.Done;
    }

    public CodecResult Compress(
        ReadOnlySpan<byte> source, IBufferWriter<byte> destination, int level)
    {
        if (level != int.MinValue) return CodecResult.Unsupported;
        WriteHeader(destination);
        for (; !source.IsEmpty; source = source[Math.Min(BlockBytes, source.Length)..])
        {
            var block = source[..Math.Min(BlockBytes, source.Length)];
            int bound = Snappier.Snappy.GetMaxCompressedLength(block.Length);
            var target = destination.GetSpan(sizeof(int) + bound);
            int length = Snappier.Snappy.Compress(block, target[sizeof(int)..]);
            BinaryPrimitives.WriteInt32BigEndian(target, length);
            destination.Advance(sizeof(int) + length);
        }
        return CodecResult.Done;
    }

    private static bool TryTakeBlock(ref ReadOnlySpan<byte> source, out ReadOnlySpan<byte> block)
    {
        block = default;
        if (source.Length < sizeof(int)) return false;
        int length = BinaryPrimitives.ReadInt32BigEndian(source);
        if (length < 0 || length > source.Length - sizeof(int)) return false;
        block = source.Slice(sizeof(int), length);
        source = source[(sizeof(int) + length)..];
        return true;
    }

    /// <summary>The claimed length is believed only as far as the block could grow.</summary>
    private static CodecResult DecompressBlock(
        ReadOnlySpan<byte> block, IBufferWriter<byte> destination, ref long capBytes)
    {
        if (!TryReadLength(block, out uint claimed)) return CodecResult.Corrupt;
        if (claimed > (long)block.Length * GrowthMax) return CodecResult.Corrupt;
        if (claimed > capBytes) return CodecResult.CapExceeded;
        if (claimed == 0) return CodecResult.Done;
        try
        {
            var target = destination.GetSpan((int)claimed);
            int written = Snappier.Snappy.Decompress(block, target);
            capBytes -= written;
            destination.Advance(written);
            return CodecResult.Done;
        }
        catch (Exception error) when (error is InvalidDataException or ArgumentException)
        {
            return CodecResult.Corrupt;
        }
    }

    /// <summary>The block starts with its plain length, a varint of at most five bytes.</summary>
    private static bool TryReadLength(ReadOnlySpan<byte> block, out uint length)
    {
        length = 0;
        for (int i = 0; i < block.Length && i < 5; i++)
        {
            length |= (uint)(block[i] & 0x7F) << (7 * i);
            if ((block[i] & 0x80) == 0) return true;
        }
        return false;
    }

    private static void WriteHeader(IBufferWriter<byte> destination)
    {
        var header = destination.GetSpan(HeaderBytes);
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32BigEndian(header[8..], 1);
        BinaryPrimitives.WriteInt32BigEndian(header[12..], 1);
        destination.Advance(HeaderBytes);
    }
}
