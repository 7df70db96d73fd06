using Microsoft.Extensions.Logging;
using Teralog.Net.Native;

namespace Teralog.Net;

/// <summary>Readiness, sending, and the end.</summary>
public sealed partial class Connection : IEventTarget
{
    private Interest _registered = Interest.Read;
    private bool _isDispatching;
    private bool _isTouched;
    private bool _isFlushRequested;
    private bool _isSocketFull;
    private bool _isOutputFull;
    private bool _waitsForFile;
    private bool _isMutedByHandler;
    private bool _peerEnded;
    private bool _isClosing;
    private bool _isClosed;
    private CloseReason? _reasonWhenFlushed;
    private CloseReason _closeReason;
    private ScheduledWork? _unmute;
    private long _lastActivityTicks;

    long IEventTarget.Token => _token;

    private bool IsMuted => _isMutedByHandler || _unmute is { IsPending: true };

    private bool CanSend =>
        _isFlushRequested && !_isSocketFull && !_waitsForFile && !_isClosing;

    void IEventTarget.OnReady(Readiness readiness)
    {
        _isDispatching = true;
        if ((readiness & Readiness.Write) != 0)
        {
            _isSocketFull = false;
            _isFlushRequested = true;
        }
        var readFired = (readiness & ~Readiness.Write) != 0;
        if (readFired)
            OnReadable(readiness);
        Settle(readFired);
    }

    private void OnReadable(Readiness readiness)
    {
        if ((WantedInterest() & Interest.Read) != 0)
            Receive();
        else if ((readiness & (Readiness.Error | Readiness.HangUp)) != 0)
            BeginClose(CloseReason.PeerReset, "the peer is gone");
    }

    /// <summary>Makes the handler; on the loop, before the first event.</summary>
    internal void Start(Func<Connection, IConnectionHandler> factory)
    {
        try
        {
            _handler = factory(this);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    /// <summary>
    /// Brings socket and kernel in line with what was asked for: sends, shows held input, closes,
    /// or changes what is watched. Never inside a handler's call.
    /// </summary>
    internal void Settle(bool readFired = false)
    {
        _isTouched = false;
        if (_isClosed)
        {
            _output.Clear();
            return;
        }
        _isDispatching = true;
        if (CanSend)
            Send();
        if (_isHeld && !IsInputPaused)
        {
            Redeliver();
            if (CanSend)
                Send();
        }
        if (_reasonWhenFlushed is { } reason && _output.PendingBytes == 0)
            BeginClose(reason, CloseDetail);
        _isDispatching = false;
        if (_isClosing)
            FinishClose();
        else
            GoOn(readFired);
    }

    private void GoOn(bool readFired)
    {
        var needsTurn = (_isHeld && !IsInputPaused) || CanSend;
        if (needsTurn)
            TouchNextTurn();
        var wanted = WantedInterest();
        if (!InterestRule.MustChange(_registered, wanted, readFired))
            return;
        _registered = wanted;
        _loop.ChangeInterest(_fd, wanted, _token);
    }

    private Interest WantedInterest() => InterestRule.Wanted(
        IsMuted, IsOutputFull(), _isInputEnded, _waitsForMemory, _isSocketFull);

    private bool IsOutputFull() => _isOutputFull = InterestRule.IsOutputFull(
        _isOutputFull,
        _output.PendingBytes,
        _listener.Options.OutputHighBytes,
        _listener.Options.OutputLowBytes);

    private void Send()
    {
        _isFlushRequested = false;
        var result = OutputSender.Send(
            _output, _loop.Warmer, _fd, Limits.SendPerTurnBytesMax, out var sentBytes);
        if (sentBytes > 0)
            _lastActivityTicks = _loop.NowTicks;
        switch (result)
        {
            case SendResult.Done:
                OutputLow?.Invoke();
                break;
            case SendResult.SocketFull:
                _isSocketFull = true;
                break;
            case SendResult.TurnOver:
                _isFlushRequested = true;
                break;
            case SendResult.FileCold:
                WarmFront();
                break;
            case SendResult.PeerGone:
                BeginClose(CloseReason.PeerReset, "send failed");
                break;
            case SendResult.FileFailed:
                BeginClose(CloseReason.FileFailed, "a file slice could not be sent whole");
                break;
        }
    }

    private void WarmFront()
    {
        _waitsForFile = true;
        ref var front = ref _output[0];
        var chunkBytes = OutputSender.ChunkBytes(front);
        front.WarmUntil = front.Position + chunkBytes;
        FileWarmer.Warm(
            front.File!,
            front.Position,
            chunkBytes,
            this,
            static self => ((Connection)self!).FrontIsWarm());
    }

    private void FrontIsWarm()
    {
        _waitsForFile = false;
        _isFlushRequested = true;
        Touch();
    }

    /// <summary>Called when everything queued was sent.</summary>
    internal Action? OutputLow { get; set; }

    private void Touch()
    {
        if (!_isDispatching)
            TouchNextTurn();
    }

    private void TouchNextTurn()
    {
        if (_isTouched)
            return;
        _isTouched = true;
        _loop.AddTouched(this);
    }

    private void MuteFor(TimeSpan duration)
    {
        if (_isClosing || duration <= TimeSpan.Zero)
            return;
        var before = _unmute;
        _unmute = _loop.Schedule(
            this, duration, static self => ((Connection)self!).Touch(), this);
        if (before is not { IsPending: true })
            return;
        var shorter = before.DueTicks > _unmute.DueTicks ? _unmute : before;
        if (shorter == _unmute)
            _unmute = before;
        shorter.Cancel();
    }

    internal void CloseIfIdle(long nowTicks)
    {
        if (IdleTimeout is { } timeout && nowTicks - _lastActivityTicks > timeout.Ticks)
            BeginClose(CloseReason.IdleTimeout, null);
    }

    /// <summary>The group stops: for the handler it is as if the peer had ended its side.
    /// </summary>
    internal void Drain()
    {
        _isDispatching = true;
        EndInput(CloseReason.Stopping);
        _isDispatching = false;
        TouchNextTurn();
    }

    /// <summary>The handler, or work of this connection, threw.</summary>
    internal void Fail(Exception exception)
    {
        Log.HandlerThrew(_loop.Logger, exception, Id, Peer, ListenerName);
        BeginClose(CloseReason.HandlerFailed, exception.Message);
    }

    private void EndWhenFlushed(CloseReason reason, string? detail)
    {
        if (_isClosing || _reasonWhenFlushed is not null)
            return;
        _isInputEnded = true;
        _reasonWhenFlushed = reason;
        CloseDetail = detail;
        _isFlushRequested = true;
        Touch();
    }

    private void BeginClose(CloseReason reason, string? detail)
    {
        if (_isClosing)
            return;
        _closeReason = reason;
        CloseDetail = detail;
        Volatile.Write(ref _isClosing, true);
        Touch();
    }

    private void FinishClose()
    {
        _isClosed = true;
        if (_closeReason is not (CloseReason.PeerReset or CloseReason.FileFailed))
            OfferRest();
        _loop.Remove(this, _fd);
        _ = Libc.Close(_fd);
        if (_waitsForMemory)
        {
            _loop.RemoveMemoryWaiter(this);
            _loop.Budget.RemoveWaiter();
        }
        _input.Release();
        _output.Clear();
        _unmute?.Cancel();
        _overdraftWatch?.Cancel();
        _listener.Left(this);
        TellHandler();
    }

    private void TellHandler()
    {
        if (_loop.Logger.IsEnabled(LogLevel.Debug))
            Log.Closed(_loop.Logger, Id, Peer, ListenerName, _closeReason, CloseDetail);
        try
        {
            _handler.OnClosed(this, _closeReason);
        }
        catch (Exception exception)
        {
            Log.HandlerThrew(_loop.Logger, exception, Id, Peer, ListenerName);
        }
    }

    /// <summary>
    /// Offers the queue once more, ends our side in order, and empties the receive queue:
    /// a close with unread bytes in it is a reset, which could overtake the last answer.
    /// </summary>
    private unsafe void OfferRest()
    {
        if (_output.PendingBytes > 0 && !_isSocketFull && !_waitsForFile)
            OutputSender.Send(_output, _loop.Warmer, _fd, Limits.SendPerTurnBytesMax, out _);
        if (_peerEnded)
            return;
        _ = Libc.Shutdown(_fd, Libc.ShutdownWrite);
        var shared = _loop.ReceiveBuffer;
        _ = Libc.Receive(_fd, shared.Pointer, (nuint)shared.CapacityBytes, 0);
    }
}
