namespace Teralog.Net;

/// <summary>
/// What a connection received and its handler left: at most one pooled native buffer, none while
/// nothing is left. Its capacity is counted in the process's budget. Loop thread only.
/// </summary>
internal sealed unsafe class InputStore(BufferPool pool, MemoryBudget budget)
{
    private NativeBuffer? _buffer;
    private int _start;
    private int _end;

    public int Length => _end - _start;

    public byte* Pointer => _buffer is null ? null : _buffer.Pointer + _start;

    public byte* FreePointer => _buffer is null ? null : _buffer.Pointer + _end;

    public int FreeBytes => _buffer is null ? 0 : _buffer.CapacityBytes - _end;

    public int CapacityBytes => _buffer?.CapacityBytes ?? 0;

    /// <summary>This store may go beyond the budget now.</summary>
    public bool HasOverdraft => budget.IsOverdraftOf(this);

    /// <summary>Counts the buffers that were given back.</summary>
    public int Generation { get; private set; }

    /// <summary>Keeps bytes that were received already; always has room. Where the budget allows
    /// it there is room for more of the frame too, so that they move only once.</summary>
    public void Append(byte* source, int count, int needBytes)
    {
        if (FreeBytes < count)
        {
            var bytes = checked(Length + count);
            var wanted = BufferPool.CapacityFor(InputRules.CapacityFor(bytes, needBytes));
            var reserved = needBytes > bytes && budget.TryReserve(wanted, this);
            MoveTo(reserved ? wanted : bytes, reserved);
        }
        new ReadOnlySpan<byte>(source, count).CopyTo(new Span<byte>(FreePointer, FreeBytes));
        _end += count;
    }

    /// <summary>
    /// Makes room to receive towards a frame of so many bytes (0: unknown); false: the process
    /// has no memory for it now.
    /// </summary>
    public bool TryMakeRoom(int needBytes)
    {
        if (_start > 0 && (FreeBytes == 0 || _start + needBytes > CapacityBytes))
            Compact();
        if (FreeBytes > 0)
            return true;
        var wanted = BufferPool.CapacityFor(InputRules.CapacityFor(Length, needBytes));
        if (!budget.TryReserve(wanted, this))
            return false;
        MoveTo(wanted, reserved: true);
        return true;
    }

    /// <summary>Bytes were received at <see cref="FreePointer"/>.</summary>
    public void Received(int count) => _end += count;

    /// <summary>Takes bytes off the front; the buffer goes back when nothing is left.</summary>
    public void Consume(int count)
    {
        _start += count;
        if (_start == _end)
            Release();
    }

    public void Release()
    {
        if (_buffer is null)
            return;
        var capacityBytes = _buffer.CapacityBytes;
        pool.Return(_buffer);
        _buffer = null;
        _start = _end = 0;
        Generation++;
        budget.Release(capacityBytes, this, done: true);
    }

    private void Compact()
    {
        new ReadOnlySpan<byte>(Pointer, Length).CopyTo(_buffer!.GetSpan());
        _end -= _start;
        _start = 0;
    }

    private void MoveTo(int bytes, bool reserved)
    {
        var larger = pool.Rent(bytes);
        if (!reserved)
            budget.ReserveReceived(larger.CapacityBytes);
        var length = Length;
        if (_buffer is not null)
        {
            new ReadOnlySpan<byte>(Pointer, length).CopyTo(larger.GetSpan());
            var freedBytes = _buffer.CapacityBytes;
            pool.Return(_buffer);
            budget.Release(freedBytes, this, done: false);
        }
        _buffer = larger;
        _start = 0;
        _end = length;
    }
}
