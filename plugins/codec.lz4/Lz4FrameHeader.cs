using System.Buffers.Binary;

namespace Teralog.Codec.Lz4;

/// <summary>
/// The first bytes of an LZ4 frame: magic, a flag byte, a block descriptor. The library checks the
/// header's checksum; these are the rules that Kafka adds or that the library is lenient about.
/// </summary>
internal static class Lz4FrameHeader
{
    private const uint Magic = 0x184D2204;
    private const int LengthMin = 7;
    private const byte VersionMask = 0xC0;
    private const byte VersionOne = 0x40;
    private const byte IndependentBlocks = 0x20;
    private const byte ReservedFlag = 0x02;
    private const byte DictionaryFlag = 0x01;
    private const byte ReservedDescriptor = 0x8F;

    public static bool IsReadable(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < LengthMin) return false;
        if (BinaryPrimitives.ReadUInt32LittleEndian(frame) != Magic) return false;
        byte flags = frame[4];
        byte descriptor = frame[5];
        return (flags & VersionMask) == VersionOne
            && (flags & IndependentBlocks) != 0
            && (flags & (ReservedFlag | DictionaryFlag)) == 0
            && (descriptor & ReservedDescriptor) == 0
            && (descriptor >> 4) is >= 4 and <= 7;
    }
}
