using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace Teralog.Records.Wire;

/// <summary>
/// Writes Kafka's wire format into contiguous scratch memory that grows: first what the caller
/// gave, then arrays of the shared pool. The result is copied out once, so lengths can be
/// patched and a destination may hand out memory in pieces.
/// </summary>
/// <remarks>
/// <code>
/// var writer = new WireWriter(stackalloc byte[512]);
/// var frame = writer.BeginFrame();
/// header.Write(ref writer, headerVersion);
/// response.Write(ref writer, version);
/// writer.EndFrame(frame);
/// writer.CopyTo(output);
/// writer.Dispose();
/// </code>
/// A writer that is not disposed loses a pooled array to the collector, nothing else.
/// </remarks>
public ref partial struct WireWriter
{
    private const int GrowthBytesMin = 1024;

    private Span<byte> _buffer;
    private byte[]? _rented;
    private int _position;

    /// <summary>Writes into <paramref name="scratch"/>, which may be empty, for as long as it
    /// lasts.</summary>
    public WireWriter(Span<byte> scratch) => _buffer = scratch;

    /// <summary>Bytes written so far.</summary>
    public readonly int Position => _position;

    /// <summary>What was written; valid until the next write or <see cref="Dispose"/>.</summary>
    public readonly ReadOnlySpan<byte> Written => _buffer[.._position];

    /// <summary>Copies all that was written, in as many pieces as the destination gives.</summary>
    public readonly void CopyTo(IBufferWriter<byte> destination) => destination.Write(Written);

    /// <summary>Gives memory back; the writer is then empty and can be used again.</summary>
    public void Dispose()
    {
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
        _rented = null;
        _buffer = default;
        _position = 0;
    }

    /// <summary>Leaves room for a frame's size; the result is for <see cref="EndFrame"/>.</summary>
    public int BeginFrame()
    {
        var mark = _position;
        WriteInt32(0);
        return mark;
    }

    /// <summary>
    /// Puts the size of all that followed <see cref="BeginFrame"/> before it, plus
    /// <paramref name="bytesToFollow"/> that are sent from elsewhere.
    /// </summary>
    public readonly void EndFrame(int mark, int bytesToFollow = 0) =>
        PatchInt32(mark, checked(_position - mark - sizeof(int) + bytesToFollow));

    /// <summary>Overwrites four bytes written earlier.</summary>
    public readonly void PatchInt32(int position, int value) =>
        BinaryPrimitives.WriteInt32BigEndian(_buffer[position.._position], value);

    /// <summary>Overwrites two bytes written earlier.</summary>
    public readonly void PatchInt16(int position, short value) =>
        BinaryPrimitives.WriteInt16BigEndian(_buffer[position.._position], value);

    /// <summary>Writes a bool as 0 or 1.</summary>
    public void WriteBool(bool value) => Advance(1)[0] = value ? (byte)1 : (byte)0;

    /// <summary>Writes one signed byte.</summary>
    public void WriteInt8(sbyte value) => Advance(1)[0] = (byte)value;

    /// <summary>Writes two bytes, big endian.</summary>
    public void WriteInt16(short value) =>
        BinaryPrimitives.WriteInt16BigEndian(Advance(2), value);

    /// <summary>Writes two bytes without sign, big endian.</summary>
    public void WriteUInt16(ushort value) =>
        BinaryPrimitives.WriteUInt16BigEndian(Advance(2), value);

    /// <summary>Writes four bytes, big endian.</summary>
    public void WriteInt32(int value) =>
        BinaryPrimitives.WriteInt32BigEndian(Advance(4), value);

    /// <summary>Writes four bytes without sign, big endian.</summary>
    public void WriteUInt32(uint value) =>
        BinaryPrimitives.WriteUInt32BigEndian(Advance(4), value);

    /// <summary>Writes eight bytes, big endian.</summary>
    public void WriteInt64(long value) =>
        BinaryPrimitives.WriteInt64BigEndian(Advance(8), value);

    /// <summary>Writes an IEEE 754 double, big endian.</summary>
    public void WriteFloat64(double value) =>
        BinaryPrimitives.WriteDoubleBigEndian(Advance(8), value);

    /// <summary>Writes 16 bytes in text order.</summary>
    public void WriteUuid(Guid value) =>
        _ = value.TryWriteBytes(Advance(16), bigEndian: true, out _);

    /// <summary>Writes an unsigned varint, as short as it can be.</summary>
    public void WriteUnsignedVarint(uint value)
    {
        if (_buffer.Length - _position < Varint.SizeMax32)
            Grow(Varint.SizeMax32);
        _position += Varint.WriteUnsigned(_buffer[_position..], value);
    }

    /// <summary>Writes bytes as they are.</summary>
    public void WriteRaw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Advance(bytes.Length));

    /// <summary>
    /// Writes a string or null, cut at <see cref="WireLimits.StringBytesMax"/> bytes: text that
    /// quotes a client can grow past the limit, and that must not be the client's to abuse.
    /// </summary>
    public void WriteNullableString(string? value, bool compact)
    {
        if (value is null)
            WriteStringLength(-1, compact);
        else
            WriteText(value, compact);
    }

    /// <summary>Writes a string, null as empty; cut as in WriteNullableString.</summary>
    public void WriteString(string? value, bool compact) => WriteText(value, compact);

    /// <summary>Writes bytes or null.</summary>
    public void WriteNullableBytes(byte[]? value, bool compact)
    {
        if (value is null)
            WriteLength(-1, compact);
        else
            WriteBytes(value, compact);
    }

    /// <summary>Writes bytes with their length before them.</summary>
    public void WriteBytes(ReadOnlySpan<byte> value, bool compact)
    {
        WriteLength(value.Length, compact);
        WriteRaw(value);
    }

    /// <summary>Writes the count of an array, or the length of bytes; -1 for null.</summary>
    public void WriteLength(int count, bool compact)
    {
        if (compact)
            WriteUnsignedVarint((uint)(count + 1));
        else
            WriteInt32(count);
    }

    private void WriteText(ReadOnlySpan<char> text, bool compact)
    {
        var sizeBytes = Encoding.UTF8.GetByteCount(text);
        if (sizeBytes > WireLimits.StringBytesMax)
            sizeBytes = CutToLimit(ref text);
        WriteStringLength(sizeBytes, compact);
        _ = Encoding.UTF8.GetBytes(text, Advance(sizeBytes));
    }

    private static int CutToLimit(ref ReadOnlySpan<char> text)
    {
        var scratch = new byte[WireLimits.StringBytesMax];
        _ = Utf8.FromUtf16(text, scratch, out var charsRead, out var bytesWritten);
        text = text[..charsRead];
        return bytesWritten;
    }

    private void WriteStringLength(int length, bool compact)
    {
        if (compact)
            WriteUnsignedVarint((uint)(length + 1));
        else
            WriteInt16((short)length);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Advance(int count)
    {
        if (_buffer.Length - _position < count)
            Grow(count);
        var start = _position;
        _position += count;
        return _buffer.Slice(start, count);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int count)
    {
        var sizeBytes = Math.Max(
            checked(_position + count),
            Math.Max(GrowthBytesMin, (int)Math.Min(2L * _buffer.Length, Array.MaxLength)));
        var larger = ArrayPool<byte>.Shared.Rent(sizeBytes);
        Written.CopyTo(larger);
        if (_rented is not null)
            ArrayPool<byte>.Shared.Return(_rented);
        _rented = larger;
        _buffer = larger;
    }
}
