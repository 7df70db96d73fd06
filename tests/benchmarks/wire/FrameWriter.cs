using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Teralog.Benchmarks.Wire;

/// <summary>Builds one request frame, big-endian, header version 1, before anything is measured.
/// </summary>
internal sealed class FrameWriter
{
    private const int PrefixBytes = 4;
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public FrameWriter(short apiKey, short version, int correlationId = 1)
    {
        Int32(0);
        Int16(apiKey);
        Int16(version);
        Int32(correlationId);
        Text("benchmark");
    }

    public FrameWriter Int8(byte value)
    {
        _bytes.Write([value]);
        return this;
    }

    public FrameWriter Int16(short value)
    {
        BinaryPrimitives.WriteInt16BigEndian(_bytes.GetSpan(sizeof(short)), value);
        _bytes.Advance(sizeof(short));
        return this;
    }

    public FrameWriter Int32(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_bytes.GetSpan(sizeof(int)), value);
        _bytes.Advance(sizeof(int));
        return this;
    }

    public FrameWriter Int64(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_bytes.GetSpan(sizeof(long)), value);
        _bytes.Advance(sizeof(long));
        return this;
    }

    public FrameWriter Text(string? value)
    {
        if (value is null)
            return Int16(-1);
        Int16((short)Encoding.UTF8.GetByteCount(value));
        _bytes.Write(Encoding.UTF8.GetBytes(value));
        return this;
    }

    public FrameWriter Bytes(ReadOnlySpan<byte> value)
    {
        Int32(value.Length);
        _bytes.Write(value);
        return this;
    }

    /// <summary>The frame with its length, in memory that the collector does not move: its
    /// address goes to the kernel as it is.</summary>
    public byte[] Frame()
    {
        var frame = GC.AllocateUninitializedArray<byte>(_bytes.WrittenCount, pinned: true);
        _bytes.WrittenSpan.CopyTo(frame);
        BinaryPrimitives.WriteInt32BigEndian(frame, frame.Length - PrefixBytes);
        return frame;
    }
}
