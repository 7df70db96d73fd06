using System.Numerics;

namespace Teralog.Net;

/// <summary>
/// Free native buffers of one loop, by powers of two. No locks: loop thread only. Buffers above
/// the largest class are exact and go back to the system.
/// </summary>
internal sealed class BufferPool : IDisposable
{
    private static readonly int ClassCount =
        ClassOf(Limits.PoolBufferBytesMax) + 1;

    private readonly Stack<NativeBuffer>[] _free = new Stack<NativeBuffer>[ClassCount];

    public BufferPool()
    {
        for (var i = 0; i < ClassCount; i++)
            _free[i] = new Stack<NativeBuffer>();
    }

    /// <summary>Bytes that are kept for later.</summary>
    public long RetainedBytes { get; private set; }

    /// <summary>The capacity that a request for so many bytes gets.</summary>
    public static int CapacityFor(int bytes)
    {
        if (bytes <= Limits.PoolBufferBytesMin)
            return Limits.PoolBufferBytesMin;
        if (bytes <= Limits.PoolBufferBytesMax)
            return (int)BitOperations.RoundUpToPowerOf2((uint)bytes);
        var rounded = ((long)bytes + 4095) & ~4095L;
        return (int)Math.Min(rounded, Array.MaxLength);
    }

    public NativeBuffer Rent(int bytes)
    {
        var capacityBytes = CapacityFor(bytes);
        if (capacityBytes > Limits.PoolBufferBytesMax
            || !_free[ClassOf(capacityBytes)].TryPop(out var buffer))
            return new NativeBuffer(capacityBytes);
        RetainedBytes -= capacityBytes;
        return buffer;
    }

    public void Return(NativeBuffer buffer)
    {
        var capacityBytes = buffer.CapacityBytes;
        if (capacityBytes > Limits.PoolBufferBytesMax
            || RetainedBytes + capacityBytes > Limits.PoolRetainedBytesMax)
        {
            buffer.Free();
            return;
        }
        RetainedBytes += capacityBytes;
        _free[ClassOf(capacityBytes)].Push(buffer);
    }

    public void Dispose()
    {
        foreach (var stack in _free)
        {
            while (stack.TryPop(out var buffer))
                buffer.Free();
        }
        RetainedBytes = 0;
    }

    private static int ClassOf(int capacityBytes) =>
        BitOperations.Log2((uint)capacityBytes)
        - BitOperations.Log2(Limits.PoolBufferBytesMin);
}
