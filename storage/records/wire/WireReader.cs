using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;

namespace Teralog.Records.Wire;

/// <summary>
/// Reads Kafka's wire format from bytes that may be hostile. Malformed input is a value, not an
/// exception: <see cref="Failed"/> becomes true, stays true, and every later read gives a
/// default. Nothing is allocated by a claimed length. Kafka's tolerances hold: a negative length
/// or count is null, a bool is any byte but 0, varints may be longer than needed, unknown tags
/// are skipped. Bytes after the last field are the caller's business (Kafka ignores them).
/// </summary>
/// <remarks>
/// <c>compact</c> on strings, bytes and arrays chooses the length form of flexible versions: an
/// unsigned varint of length + 1 in place of an int16 or int32.
/// </remarks>
public ref partial struct WireReader
{
    private readonly ReadOnlySpan<byte> _source;
    private int _position;
    private int _elementsLeft;

    /// <summary>Reads from the start of <paramref name="source"/>.</summary>
    public WireReader(ReadOnlySpan<byte> source)
    {
        _source = source;
        _elementsLeft = WireLimits.MessageElementsMax;
    }

    /// <summary>True once anything malformed was met.</summary>
    public bool Failed { get; private set; }

    /// <summary>Bytes read so far: an index into the source.</summary>
    public readonly int Position => _position;

    /// <summary>Bytes not read yet; 0 after a failure.</summary>
    public readonly int Remaining => Failed ? 0 : _source.Length - _position;

    /// <summary>Marks the input as malformed; for checks that the caller makes itself.</summary>
    public void Fail() => Failed = true;

    /// <summary>Reads a bool: any byte but 0 is true.</summary>
    public bool ReadBool() => Take(1, out var bytes) && bytes[0] != 0;

    /// <summary>Reads one signed byte.</summary>
    public sbyte ReadInt8() => Take(1, out var bytes) ? (sbyte)bytes[0] : default;

    /// <summary>Reads two bytes, big endian.</summary>
    public short ReadInt16() =>
        Take(2, out var bytes) ? BinaryPrimitives.ReadInt16BigEndian(bytes) : default;

    /// <summary>Reads two bytes without sign, big endian.</summary>
    public ushort ReadUInt16() =>
        Take(2, out var bytes) ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : default;

    /// <summary>Reads four bytes, big endian.</summary>
    public int ReadInt32() =>
        Take(4, out var bytes) ? BinaryPrimitives.ReadInt32BigEndian(bytes) : default;

    /// <summary>Reads four bytes without sign, big endian.</summary>
    public uint ReadUInt32() =>
        Take(4, out var bytes) ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : default;

    /// <summary>Reads eight bytes, big endian.</summary>
    public long ReadInt64() =>
        Take(8, out var bytes) ? BinaryPrimitives.ReadInt64BigEndian(bytes) : default;

    /// <summary>Reads an IEEE 754 double, big endian.</summary>
    public double ReadFloat64() =>
        Take(8, out var bytes) ? BinaryPrimitives.ReadDoubleBigEndian(bytes) : default;

    /// <summary>Reads 16 bytes in text order; all zero means none.</summary>
    public Guid ReadUuid() => Take(16, out var bytes) ? new Guid(bytes, bigEndian: true) : default;

    /// <summary>Reads an unsigned varint of at most five bytes, without bits above 32.</summary>
    public uint ReadUnsignedVarint()
    {
        Move(Varint.ReadUnsigned(Rest, out var value));
        return value;
    }

    /// <summary>Reads an unsigned varint of at most ten bytes, without bits above 64.</summary>
    public ulong ReadUnsignedVarlong()
    {
        Move(Varint.ReadUnsignedLong(Rest, out var value));
        return value;
    }

    /// <summary>Reads a zigzag varint, as records inside a batch have it.</summary>
    public int ReadVarint()
    {
        Move(Varint.Read(Rest, out var value));
        return value;
    }

    /// <summary>Reads a zigzag varint of 64 bits, as records inside a batch have it.</summary>
    public long ReadVarlong()
    {
        Move(Varint.ReadLong(Rest, out var value));
        return value;
    }

    /// <summary>Reads a string; null is malformed. What is not UTF-8 becomes U+FFFD.</summary>
    public string ReadString(bool compact) => ReadNullableString(compact, nullable: false) ?? "";

    /// <summary>Reads a string or null; null is malformed unless nullable.</summary>
    public string? ReadNullableString(bool compact, bool nullable = true)
    {
        if (!ReadStringSlice(compact, out var bytes))
            return NullUnless(nullable) ? null : "";
        return bytes.IsEmpty ? "" : Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Reads a string as its bytes of UTF-8, not copied; false for null.</summary>
    public bool ReadStringSlice(bool compact, out ReadOnlySpan<byte> bytes)
    {
        var length = compact ? ReadCompactLength() : ReadInt16();
        if (length > WireLimits.StringBytesMax)
            Failed = true;
        return Slice(length, out bytes);
    }

    /// <summary>Reads bytes into an array of their own; null is malformed.</summary>
    public byte[] ReadBytes(bool compact) => ReadNullableBytes(compact, nullable: false) ?? [];

    /// <summary>Reads bytes or null into an array of their own.</summary>
    public byte[]? ReadNullableBytes(bool compact, bool nullable = true)
    {
        if (!ReadBytesSlice(compact, out var bytes))
            return NullUnless(nullable) ? null : [];
        return bytes.ToArray();
    }

    /// <summary>Reads bytes as a slice of the source, not copied; false for null.</summary>
    public bool ReadBytesSlice(bool compact, out ReadOnlySpan<byte> bytes) =>
        Slice(compact ? ReadCompactLength() : ReadInt32(), out bytes);

    /// <summary>Takes the next <paramref name="count"/> bytes as they are.</summary>
    public ReadOnlySpan<byte> ReadRaw(int count)
    {
        _ = Take(count, out var bytes);
        return bytes;
    }

    /// <summary>
    /// Reads the count of an array: -1 for null. A count that cannot fit in what remains, at
    /// <paramref name="elementSizeMin"/> bytes an element, is malformed.
    /// </summary>
    public int ReadArrayCount(bool compact, int elementSizeMin = 1)
    {
        var count = compact ? ReadCompactLength() : ReadInt32();
        if (count <= 0 || Failed)
            return count < 0 && !Failed ? -1 : 0;
        if (count > WireLimits.ArrayElementsMax
            || count > _elementsLeft
            || (long)count * elementSizeMin > Remaining)
        {
            Failed = true;
            return 0;
        }
        _elementsLeft -= count;
        return count;
    }

    /// <summary>Reads the flag before a struct that may be null; true when it follows.</summary>
    public bool ReadPresence() => ReadInt8() >= 0 && !Failed;

    /// <summary>Whether null is an answer here; where it is not, the input is malformed.</summary>
    private bool NullUnless(bool nullable)
    {
        if (!nullable)
            Failed = true;
        return nullable;
    }

    // Wraps as Kafka's arithmetic does: zero and everything above int.MaxValue + 1 are negative.
    private int ReadCompactLength() => unchecked((int)ReadUnsignedVarint() - 1);

    private readonly ReadOnlySpan<byte> Rest => Failed ? default : _source[_position..];

    // No varint takes no bytes: 0 says that there was none.
    private void Move(int sizeBytes)
    {
        if (sizeBytes == 0)
            Failed = true;
        _position += sizeBytes;
    }

    private bool Slice(int length, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        return length >= 0 && Take(length, out bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Take(int count, out ReadOnlySpan<byte> bytes)
    {
        if (Failed || (uint)count > (uint)(_source.Length - _position))
        {
            Failed = true;
            bytes = default;
            return false;
        }
        bytes = _source.Slice(_position, count);
        _position += count;
        return true;
    }
}
