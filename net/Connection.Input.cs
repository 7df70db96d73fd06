using Teralog.Net.Native;

namespace Teralog.Net;

/// <summary>Receiving: into the loop's buffer, or straight into the connection's own.</summary>
public sealed unsafe partial class Connection
{
    private int _needBytes;
    private bool _isInputEnded;
    private bool _isHeld;
    private bool _waitsForMemory;
    private ScheduledWork? _overdraftWatch;

    private void Receive()
    {
        if (InputRules.ReceivesShared(_input.Length, _needBytes))
            ReceiveShared();
        else
            ReceiveOwn();
    }

    /// <summary>A kept rest goes in front, so that the handler sees whole frames in place.
    /// </summary>
    private void ReceiveShared()
    {
        var shared = _loop.ReceiveBuffer.Pointer;
        var keptBytes = _input.Length;
        if (keptBytes > 0)
            Buffer.MemoryCopy(_input.Pointer, shared, Limits.ReceiveBytes, keptBytes);
        var room = SharedRoom() - keptBytes;
        var received = (int)Libc.Receive(_fd, shared + keptBytes, (nuint)room, 0);
        if (!HasReceived(received))
            return;
        if (keptBytes > 0)
            _input.Release();
        DeliverShared(shared, keptBytes + received);
    }

    /// <summary>The rest of a large frame goes where it will be seen; what follows the frame
    /// goes into the loop's buffer by the same call.</summary>
    private void ReceiveOwn()
    {
        if (!_input.TryMakeRoom(_needBytes) && !WaitForMemory())
            return;
        WatchOverdraft();
        var missing = _needBytes > 0 ? _needBytes - _input.Length : int.MaxValue;
        var room = Math.Min(_input.FreeBytes, missing);
        var vectors = stackalloc IoVector[2];
        vectors[0] = new IoVector { Base = _input.FreePointer, Length = (nuint)room };
        vectors[1] = new IoVector
        {
            Base = _loop.ReceiveBuffer.Pointer,
            Length = (nuint)SharedRoom(),
        };
        var received = room == missing
            ? (int)Libc.ReadVector(_fd, vectors, 2)
            : (int)Libc.Receive(_fd, vectors[0].Base, vectors[0].Length, 0);
        if (!HasReceived(received))
            return;
        _input.Received(Math.Min(received, room));
        if (InputRules.IsDeliverable(_input.Length, _needBytes))
            DeliverOwn();
        if (received > room && !_isClosing)
            DeliverShared(_loop.ReceiveBuffer.Pointer, received - room);
    }

    private int SharedRoom() => _loop.Budget.IsExhausted
        ? Limits.ReceiveUnderPressureBytes
        : Limits.ReceiveBytes;

    private bool HasReceived(int received)
    {
        if (received > 0)
        {
            _lastActivityTicks = _loop.NowTicks;
            return true;
        }
        if (received == 0)
        {
            EndInput(CloseReason.PeerClosed);
            return false;
        }
        var errno = Libc.LastError;
        if (errno is not (Errno.Again or Errno.Interrupted))
            BeginClose(CloseReason.PeerReset, $"receive: errno {errno}");
        return false;
    }

    /// <summary>Shows bytes in the loop's buffer when nothing is kept before them; what the
    /// handler leaves is kept.</summary>
    private void DeliverShared(byte* data, int length)
    {
        var consumed = 0;
        if (_input.Length == 0 && length >= _needBytes && !IsInputPaused)
            consumed = Show(data, length);
        if (_isClosing)
            return;
        var behindKept = _input.Length > 0;
        if (consumed < length)
            _input.Append(data + consumed, length - consumed, _needBytes);
        _isHeld = IsInputPaused || behindKept;
        CheckKept();
    }

    private void DeliverOwn()
    {
        var consumed = Show(_input.Pointer, _input.Length);
        if (_isClosing)
            return;
        _input.Consume(consumed);
        _isHeld = IsInputPaused;
        CheckKept();
    }

    private int Show(byte* data, int length)
    {
        var input = new InputBuffer(data, length);
        try
        {
            _handler.OnData(this, ref input);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
        _needBytes = input.NeedBytes;
        return input.ConsumedBytes;
    }

    private void CheckKept()
    {
        var bytesMax = _listener.Options.InputBytesMax;
        if (_needBytes > bytesMax || _input.Length > (long)bytesMax + Limits.ReceiveBytes)
            BeginClose(CloseReason.InputTooLarge, $"a frame of more than {bytesMax} bytes");
    }

    /// <summary>Input that a paused handler left is shown again.</summary>
    private void Redeliver()
    {
        _isHeld = false;
        if (InputRules.IsDeliverable(_input.Length, _needBytes))
            DeliverOwn();
    }

    private void EndInput(CloseReason reason)
    {
        if (_isInputEnded || _isClosing)
            return;
        _isInputEnded = true;
        _peerEnded = reason == CloseReason.PeerClosed;
        var staysOpen = false;
        try
        {
            staysOpen = _handler.OnInputEnded(this);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
        if (!staysOpen)
            EndWhenFlushed(reason, null);
    }

    /// <summary>True when memory came free while we began to wait.</summary>
    private bool WaitForMemory()
    {
        _loop.Budget.AddWaiter();
        if (_input.TryMakeRoom(_needBytes))
        {
            _loop.Budget.RemoveWaiter();
            return true;
        }
        _waitsForMemory = true;
        _loop.AddMemoryWaiter(this);
        return false;
    }

    internal void MemoryMayBeFree()
    {
        _waitsForMemory = false;
        _loop.Budget.RemoveWaiter();
        TouchNextTurn();
    }

    /// <summary>
    /// The one who went beyond the process's memory must not keep the others waiting for ever.
    /// </summary>
    private void WatchOverdraft()
    {
        if (!_input.HasOverdraft || _overdraftWatch is { IsPending: true })
            return;
        var generation = _input.Generation;
        _overdraftWatch = _loop.Schedule(
            this, Limits.OverdraftMax, _ => EndOverdraft(generation), null);
    }

    private void EndOverdraft(int generation)
    {
        if (!_input.HasOverdraft || _isClosed)
            return;
        if (_input.Generation == generation && _loop.Budget.HasWaiters)
            BeginClose(CloseReason.MemoryPressure, "its frame held the last input memory");
        else
            WatchOverdraft();
    }
}
