using Microsoft.Extensions.Logging;

namespace Teralog.Net;

/// <summary>
/// What a connection has to send, in order: pooled native segments and file slices. Holds no
/// memory when empty but its small ring. Loop thread only.
/// </summary>
internal sealed class OutputQueue(BufferPool pool, ILogger logger)
{
    private OutputItem[] _ring = [];
    private int _head;

    public int Count { get; private set; }

    /// <summary>Bytes to send, slices included.</summary>
    public long PendingBytes { get; private set; }

    /// <summary>The entry so many places behind the front.</summary>
    public ref OutputItem this[int index] => ref _ring[(_head + index) & (_ring.Length - 1)];

    public Span<byte> GetSpan(int sizeHint)
    {
        ref var tail = ref WritableTail(sizeHint);
        return tail.Buffer!.GetSpan()[tail.End..];
    }

    public Memory<byte> GetMemory(int sizeHint)
    {
        ref var tail = ref WritableTail(sizeHint);
        return tail.Buffer!.Memory[tail.End..];
    }

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (count == 0)
            return;
        if (Count == 0 || this[Count - 1].IsSlice)
            throw new InvalidOperationException("Advance without a GetSpan before it.");
        ref var tail = ref this[Count - 1];
        ArgumentOutOfRangeException.ThrowIfGreaterThan(
            count, tail.Buffer!.CapacityBytes - tail.End);
        tail.End += count;
        PendingBytes += count;
    }

    public void Append(in FileSlice slice)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(slice.Length);
        ArgumentOutOfRangeException.ThrowIfNegative(slice.Position);
        if (slice.Length == 0)
        {
            DisposeLease(slice.Lease);
            return;
        }
        var counted = false;
        slice.Handle.DangerousAddRef(ref counted);
        Push() = new OutputItem
        {
            End = slice.Length,
            File = slice.Handle,
            Descriptor = (int)slice.Handle.DangerousGetHandle(),
            Position = slice.Position,
            Lease = slice.Lease,
            WarmUntil = slice.IsHot ? long.MaxValue : 0,
        };
        PendingBytes += slice.Length;
    }

    /// <summary>Bytes went out from the front; what is sent is released.</summary>
    public void Sent(long bytes)
    {
        PendingBytes -= bytes;
        while (Count > 0)
        {
            ref var front = ref this[0];
            var taken = (int)Math.Min(bytes, front.Remaining);
            front.Start += taken;
            front.Position += taken;
            bytes -= taken;
            if (front.Remaining > 0)
                return;
            Pop();
        }
    }

    /// <summary>Releases everything; leases and files too.</summary>
    public void Clear()
    {
        PendingBytes = 0;
        while (Count > 0)
            Pop();
        _ring = [];
        _head = 0;
    }

    private void Pop()
    {
        var front = this[0];
        this[0] = default;
        _head = (_head + 1) & (_ring.Length - 1);
        Count--;
        if (front.Buffer is not null)
        {
            pool.Return(front.Buffer);
            return;
        }
        front.File!.DangerousRelease();
        DisposeLease(front.Lease);
    }

    private void DisposeLease(IDisposable? lease)
    {
        try
        {
            lease?.Dispose();
        }
        catch (Exception exception)
        {
            // A bug of the lease's owner; the loop and its other connections live on.
            Log.LeaseThrew(logger, exception);
        }
    }

    private ref OutputItem WritableTail(int sizeHint)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sizeHint);
        var needed = Math.Max(sizeHint, 1);
        if (Count > 0)
        {
            ref var tail = ref this[Count - 1];
            if (!tail.IsSlice && tail.Buffer!.CapacityBytes - tail.End >= needed)
                return ref tail;
        }
        var buffer = pool.Rent(Math.Max(needed, Limits.OutputSegmentBytes));
        ref var pushed = ref Push();
        pushed = new OutputItem { Buffer = buffer };
        return ref pushed;
    }

    private ref OutputItem Push()
    {
        if (Count == _ring.Length)
            Grow();
        Count++;
        return ref this[Count - 1];
    }

    private void Grow()
    {
        var larger = new OutputItem[Math.Max(4, _ring.Length * 2)];
        for (var i = 0; i < Count; i++)
            larger[i] = this[i];
        _ring = larger;
        _head = 0;
    }
}
