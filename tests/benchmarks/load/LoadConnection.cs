using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Teralog.Benchmarks.Load;

/// <summary>
/// One connection: frames that were built before go out in a ring, answers are counted down by
/// their length and their error is checked. Requests that are due are queued, never skipped.
/// </summary>
internal sealed unsafe class LoadConnection : IDisposable
{
    private const int HeadBytesMax = 128;
    private const int PrefixBytes = 4;
    private const int AnswerBytesMax = 1 << 24;
    private readonly Socket _socket;
    private readonly byte[][] _frames;
    private readonly int _errorAt;
    private readonly Queue<long> _dueTimes = new(1024);
    private readonly byte[] _head = new byte[HeadBytesMax];
    private int _headBytes;
    private int _answerBytesLeft;
    private int _frame;
    private int _sentBytes;
    private int _unsent;

    public LoadConnection(int port, byte[][] frames, int errorAt)
    {
        _frames = frames;
        _errorAt = errorAt;
        _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
        };
        _socket.Connect(IPAddress.Loopback, port);
        _socket.Blocking = false;
        Descriptor = (int)_socket.Handle;
    }

    public int Descriptor { get; }

    /// <summary>Requests whose answer is not here yet.</summary>
    public int Pending => _dueTimes.Count;

    /// <summary>Whether the kernel took less than there is to send.</summary>
    public bool IsBlocked => _unsent > 0;

    /// <summary>Whether the poll was told that the connection is blocked.</summary>
    public bool IsBlockedInPoll { get; set; }

    public void Dispose() => _socket.Dispose();

    /// <summary>Queues one request that is due at that time and sends what can be sent.</summary>
    /// <returns>Bytes that the kernel took.</returns>
    public long Request(long dueAt)
    {
        _dueTimes.Enqueue(dueAt);
        _unsent++;
        return SendMore();
    }

    public long SendMore()
    {
        long total = 0;
        while (_unsent > 0)
        {
            var frame = _frames[_frame];
            var start = (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(frame, _sentBytes);
            var count = Native.Send(
                Descriptor, start, frame.Length - _sentBytes, Native.NoSignal);
            if (count < 0 && Marshal.GetLastSystemError() == Native.Again)
                return total;
            if (count <= 0)
                throw new IOException("The broker closed the connection.");
            total += count;
            _sentBytes += (int)count;
            if (_sentBytes < frame.Length)
                continue;
            _sentBytes = 0;
            _frame = _frame + 1 == _frames.Length ? 0 : _frame + 1;
            _unsent--;
        }
        return total;
    }

    /// <summary>Takes received bytes; an answer that is whole is told to the meter.</summary>
    public void Received(ReadOnlySpan<byte> bytes, LoadMeter meter)
    {
        meter.BytesReceived += bytes.Length;
        while (!bytes.IsEmpty)
        {
            var taken = _headBytes < PrefixBytes ? TakePrefix(bytes) : TakeBody(bytes);
            bytes = bytes[taken..];
            if (_headBytes >= PrefixBytes && _answerBytesLeft == 0)
                EndAnswer(meter);
        }
    }

    private int TakePrefix(ReadOnlySpan<byte> bytes)
    {
        var taken = Math.Min(bytes.Length, PrefixBytes - _headBytes);
        bytes[..taken].CopyTo(_head.AsSpan(_headBytes));
        _headBytes += taken;
        if (_headBytes < PrefixBytes)
            return taken;
        _answerBytesLeft = BinaryPrimitives.ReadInt32BigEndian(_head);
        return _answerBytesLeft is > 0 and <= AnswerBytesMax
            ? taken
            : throw new InvalidDataException($"An answer of {_answerBytesLeft} bytes.");
    }

    private int TakeBody(ReadOnlySpan<byte> bytes)
    {
        var taken = Math.Min(bytes.Length, _answerBytesLeft);
        var kept = Math.Min(taken, HeadBytesMax - _headBytes);
        bytes[..kept].CopyTo(_head.AsSpan(_headBytes));
        _headBytes += kept;
        _answerBytesLeft -= taken;
        return taken;
    }

    private void EndAnswer(LoadMeter meter)
    {
        var error = BinaryPrimitives.ReadInt16BigEndian(_head.AsSpan(_errorAt));
        if (error != 0 || _headBytes < _errorAt + 2)
            throw new InvalidDataException($"The broker refused: Kafka's error {error}.");
        _headBytes = 0;
        meter.Answered(_dueTimes.Dequeue());
    }
}
