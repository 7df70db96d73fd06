using System.Buffers;

namespace Teralog.Broker;

/// <summary>A growing buffer from the shared pool, for batches that have to be looked
/// into.</summary>
internal sealed class PooledWriter : IBufferWriter<byte>, IDisposable
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(4096);

    internal int WrittenBytes { get; private set; }

    internal Span<byte> Written => _buffer.AsSpan(0, WrittenBytes);

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _buffer.Length - WrittenBytes);
        WrittenBytes += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(WrittenBytes);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(WrittenBytes);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        WrittenBytes = 0;
    }

    private void Reserve(int sizeHint)
    {
        int wanted = Math.Max(1, sizeHint);
        if (_buffer.Length - WrittenBytes >= wanted)
            return;

        byte[] larger = ArrayPool<byte>.Shared.Rent(
            Math.Max(checked(WrittenBytes + wanted), _buffer.Length * 2));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
