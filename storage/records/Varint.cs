using System.Numerics;
using System.Runtime.CompilerServices;

namespace Teralog.Records;

/// <summary>
/// Base-128 integers, least significant group first: zigzag (records inside a batch) and
/// unsigned (flexible request versions). Readers take longer encodings than needed and ignore
/// bits above the type, as Kafka does, but never more than 5 or 10 bytes.
/// </summary>
public static class Varint
{
    /// <summary>The most bytes that a 32-bit value takes.</summary>
    public const int SizeMax32 = 5;

    /// <summary>The most bytes that a 64-bit value takes.</summary>
    public const int SizeMax64 = 10;

    /// <summary>Reads an unsigned 32-bit value.</summary>
    /// <param name="source">The bytes, starting with the value.</param>
    /// <param name="value">The value, or 0.</param>
    /// <returns>The bytes read; 0 if the value is cut off or longer than 5 bytes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ReadUnsigned(ReadOnlySpan<byte> source, out uint value)
    {
        if (source.Length > 0 && source[0] < 0x80)
        {
            value = source[0];
            return 1;
        }

        return ReadUnsignedSlow(source, out value);
    }

    /// <summary>Reads an unsigned 64-bit value.</summary>
    /// <param name="source">The bytes, starting with the value.</param>
    /// <param name="value">The value, or 0.</param>
    /// <returns>The bytes read; 0 if the value is cut off or longer than 10 bytes.</returns>
    public static int ReadUnsignedLong(ReadOnlySpan<byte> source, out ulong value)
    {
        value = 0;
        int limit = Math.Min(source.Length, SizeMax64);
        for (int index = 0; index < limit; index++)
        {
            byte group = source[index];
            value |= (ulong)(group & 0x7f) << (7 * index);
            if (group < 0x80)
                return index + 1;
        }

        value = 0;
        return 0;
    }

    /// <summary>Reads a zigzag 32-bit value.</summary>
    /// <param name="source">The bytes, starting with the value.</param>
    /// <param name="value">The value, or 0.</param>
    /// <returns>The bytes read; 0 if the value is cut off or longer than 5 bytes.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read(ReadOnlySpan<byte> source, out int value)
    {
        int size = ReadUnsigned(source, out uint raw);
        value = (int)(raw >> 1) ^ -(int)(raw & 1);
        return size;
    }

    /// <summary>Reads a zigzag 64-bit value.</summary>
    /// <param name="source">The bytes, starting with the value.</param>
    /// <param name="value">The value, or 0.</param>
    /// <returns>The bytes read; 0 if the value is cut off or longer than 10 bytes.</returns>
    public static int ReadLong(ReadOnlySpan<byte> source, out long value)
    {
        int size = ReadUnsignedLong(source, out ulong raw);
        value = (long)(raw >> 1) ^ -(long)(raw & 1);
        return size;
    }

    /// <summary>Writes an unsigned 32-bit value in its shortest form.</summary>
    /// <returns>The bytes written, 1 to 5.</returns>
    public static int WriteUnsigned(Span<byte> target, uint value) =>
        WriteUnsignedLong(target, value);

    /// <summary>Writes an unsigned 64-bit value in its shortest form.</summary>
    /// <returns>The bytes written, 1 to 10.</returns>
    public static int WriteUnsignedLong(Span<byte> target, ulong value)
    {
        int index = 0;
        while (value >= 0x80)
        {
            target[index++] = (byte)(value | 0x80);
            value >>= 7;
        }

        target[index++] = (byte)value;
        return index;
    }

    /// <summary>Writes a zigzag 32-bit value in its shortest form.</summary>
    /// <returns>The bytes written, 1 to 5.</returns>
    public static int Write(Span<byte> target, int value) =>
        WriteUnsignedLong(target, (uint)((value << 1) ^ (value >> 31)));

    /// <summary>Writes a zigzag 64-bit value in its shortest form.</summary>
    /// <returns>The bytes written, 1 to 10.</returns>
    public static int WriteLong(Span<byte> target, long value) =>
        WriteUnsignedLong(target, (ulong)((value << 1) ^ (value >> 63)));

    /// <summary>The bytes of the shortest form of an unsigned value, 1 to 10.</summary>
    public static int SizeOfUnsigned(ulong value) => (BitOperations.Log2(value | 1) / 7) + 1;

    /// <summary>The bytes of the shortest zigzag form of a 32-bit value, 1 to 5.</summary>
    public static int SizeOf(int value) => SizeOfUnsigned((uint)((value << 1) ^ (value >> 31)));

    /// <summary>The bytes of the shortest zigzag form of a 64-bit value, 1 to 10.</summary>
    public static int SizeOfLong(long value) =>
        SizeOfUnsigned((ulong)((value << 1) ^ (value >> 63)));

    private static int ReadUnsignedSlow(ReadOnlySpan<byte> source, out uint value)
    {
        value = 0;
        int limit = Math.Min(source.Length, SizeMax32);
        for (int index = 0; index < limit; index++)
        {
            byte group = source[index];
            value |= (uint)(group & 0x7f) << (7 * index);
            if (group < 0x80)
                return index + 1;
        }

        value = 0;
        return 0;
    }
}
