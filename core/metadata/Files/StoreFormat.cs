using System.Buffers.Binary;
using Teralog.Records;

namespace Teralog.Metadata;

/// <summary>
/// The layout of both files, integers big-endian.
/// <code>
/// file := kind (8 bytes: "TLMETA1J" journal, "TLMETA1S" snapshot) baseRevision:i64 crc:u32 frame*
/// frame   := magic:u32 crc:u32 payloadBytes:i32 payload    crc = CRC32C(payloadBytes payload)
/// journal payload  := firstRevision:i64 transactions:i32 (writes:i32 write*)*
/// write            := keyBytes:u16 key valueBytes:i32 value    valueBytes -1 = delete, no value
/// snapshot payload := entries:i32 (revision:i64 keyBytes:u16 key valueBytes:i32 value)*
/// </code>
/// A journal frame holds the transactions of one sync, so at most the last frame can be torn. The
/// CRC covers the length: a frame of zeros behind its magic must not pass for an empty one.
/// </summary>
internal static class StoreFormat
{
    public const int HeaderBytes = 20;
    public const int FrameHeaderBytes = 12;
    public const uint FrameMagic = 0x544C_4D46;

    public static ReadOnlySpan<byte> JournalKind => "TLMETA1J"u8;

    public static ReadOnlySpan<byte> SnapshotKind => "TLMETA1S"u8;

    public static byte[] Header(ReadOnlySpan<byte> kind, long baseRevision)
    {
        var header = new byte[HeaderBytes];
        kind.CopyTo(header);
        BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(8), baseRevision);
        BinaryPrimitives.WriteUInt32BigEndian(
            header.AsSpan(16), Crc32C.Compute(header.AsSpan(0, 16)));
        return header;
    }

    public static bool HasHeader(
        ReadOnlySpan<byte> file, ReadOnlySpan<byte> kind, long baseRevision) =>
        file.Length >= HeaderBytes
        && file[..HeaderBytes].SequenceEqual(Header(kind, baseRevision));

    /// <summary>Stamps the frame header in front of a payload that begins at
    /// <see cref="FrameHeaderBytes"/>.</summary>
    public static void Seal(Span<byte> frame)
    {
        BinaryPrimitives.WriteUInt32BigEndian(frame, FrameMagic);
        BinaryPrimitives.WriteInt32BigEndian(frame[8..], frame.Length - FrameHeaderBytes);
        BinaryPrimitives.WriteUInt32BigEndian(frame[4..], Crc32C.Compute(frame[8..]));
    }

    /// <summary>The whole and sound frame at the start of the bytes, or false.</summary>
    public static bool TryFrame(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (bytes.Length < FrameHeaderBytes
            || BinaryPrimitives.ReadUInt32BigEndian(bytes) != FrameMagic)
            return false;
        var length = BinaryPrimitives.ReadInt32BigEndian(bytes[8..]);
        if (length < 0 || length > bytes.Length - FrameHeaderBytes)
            return false;
        payload = bytes.Slice(FrameHeaderBytes, length);
        return BinaryPrimitives.ReadUInt32BigEndian(bytes[4..])
            == Crc32C.Compute(bytes.Slice(8, 4 + length));
    }

    /// <summary>Whether a sound frame begins anywhere in the bytes.</summary>
    public static bool HasFrame(ReadOnlySpan<byte> bytes)
    {
        Span<byte> magic = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(magic, FrameMagic);
        for (var at = bytes.IndexOf(magic); at >= 0; at = bytes.IndexOf(magic))
        {
            bytes = bytes[at..];
            if (TryFrame(bytes, out _))
                return true;
            bytes = bytes[1..];
        }

        return false;
    }
}
