using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Teralog.Metadata;

/// <summary>Builds one frame; see <see cref="StoreFormat"/>.</summary>
internal sealed class FrameWriter
{
    private readonly ArrayBufferWriter<byte> _buffer = new(4096);

    public FrameWriter() => Reset();

    public int SizeBytes => _buffer.WrittenCount;

    public void Reset()
    {
        _buffer.ResetWrittenCount();
        _buffer.GetSpan(StoreFormat.FrameHeaderBytes)[..StoreFormat.FrameHeaderBytes].Clear();
        _buffer.Advance(StoreFormat.FrameHeaderBytes);
    }

    public void Int64(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_buffer.GetSpan(8), value);
        _buffer.Advance(8);
    }

    public void Int32(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_buffer.GetSpan(4), value);
        _buffer.Advance(4);
    }

    public void Key(string key)
    {
        var bytes = Encoding.UTF8.GetBytes(key);
        BinaryPrimitives.WriteUInt16BigEndian(_buffer.GetSpan(2), checked((ushort)bytes.Length));
        _buffer.Advance(2);
        _buffer.Write(bytes);
    }

    public void Value(ReadOnlySpan<byte> value)
    {
        Int32(value.Length);
        _buffer.Write(value);
    }

    public void Transaction(IReadOnlyList<MetadataWrite> writes)
    {
        Int32(writes.Count);
        foreach (var write in writes)
        {
            Key(write.Key);
            if (write.IsDelete)
                Int32(-1);
            else
                Value(write.Value.Span);
        }
    }

    /// <summary>The whole frame, sealed; valid until the next <see cref="Reset"/>.</summary>
    public ReadOnlySpan<byte> Seal()
    {
        var frame = System.Runtime.InteropServices.MemoryMarshal.AsMemory(_buffer.WrittenMemory)
            .Span;
        StoreFormat.Seal(frame);
        return frame;
    }
}
