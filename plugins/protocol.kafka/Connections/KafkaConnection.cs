using System.Buffers.Binary;
using System.Text;
using Teralog.Net;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// One client's connection: slices frames, dispatches requests in order of arrival, writes the
/// answers in that same order whatever order they become ready in. All on the connection's loop
/// thread; nothing here waits.
/// </summary>
internal sealed class KafkaConnection(
    Connection connection, KafkaServices services, LoopState loop) : IConnectionHandler
{
    private readonly ResponseQueue _queue = new();
    private byte[] _clientIdBytes = [];
    private CancellationTokenSource? _closed;
    private bool _isMuted;
    private bool _isEnding;
    private bool _isClosed;
    private CloseReason _endReason;

    public Connection Connection => connection;

    public KafkaServices Services => services;

    public LoopState Loop => loop;

    /// <summary>The client id of the latest request; what is not UTF-8 became U+FFFD.</summary>
    public string ClientId { get; private set; } = "";

    /// <summary>The connection has ended; answers that still come are dropped.</summary>
    public bool IsClosed => _isClosed;

    /// <summary>Cancelled when the connection closes, for calls that outlive a turn.</summary>
    public CancellationToken Closed => (_closed ??= new CancellationTokenSource()).Token;

    /// <inheritdoc/>
    public void OnData(Connection source, ref InputBuffer input)
    {
        while (!_isEnding && !source.IsInputPaused && TakeFrame(ref input, out var frame))
        {
            Dispatch(frame);
            Drain();
            if (!_isEnding && _queue.IsFull)
                Mute();
            input.Consume(Limits.FramePrefixBytes + frame.Length);
        }
        if (_isEnding)
            input.Consume(input.Length);
    }

    /// <inheritdoc/>
    public bool OnInputEnded(Connection source)
    {
        _queue.Hurry();
        End(CloseReason.PeerClosed);
        Drain();
        return true;
    }

    /// <inheritdoc/>
    public void OnClosed(Connection source, CloseReason reason)
    {
        _isClosed = true;
        _isEnding = true;
        while (_queue.Count > 0)
            _queue.Dequeue().Abandon();
        _closed?.Cancel();
        _closed?.Dispose();
    }

    /// <summary>Writes every answer whose turn has come. Called when one became ready.</summary>
    public void Drain()
    {
        var wrote = false;
        while (!_isClosed && _queue.Head is { IsReady: true })
        {
            _queue.Dequeue().WriteTo(this);
            wrote = true;
        }
        if (wrote && !_isClosed)
            connection.Flush();
        if (_isMuted && _queue.HasRoom)
            Unmute();
        if (_isEnding && !_isClosed && _queue.Count == 0)
            connection.CloseWhenFlushed(_endReason);
    }

    /// <summary>
    /// Closes the connection for what it sent, with one line in the log. Answers to requests that
    /// came before are still given.
    /// </summary>
    public void Reject(string api, int version, string reason)
    {
        if (_isEnding)
            return;
        ConnectionLog.Rejected(
            services.Logger, connection.Peer, ClientId, connection.ListenerName, api, version,
            reason);
        End(CloseReason.ProtocolError);
    }

    /// <summary>
    /// The same for a request that has no answer to fail with (acks 0): as with Kafka, nothing
    /// that came behind it is answered.
    /// </summary>
    public void RejectAnswerless(string api, int version, string reason)
    {
        while (_queue.Count > 0)
            _queue.Dequeue().Abandon();
        Reject(api, version, reason);
    }

    private void End(CloseReason reason)
    {
        if (_isEnding)
            return;
        _isEnding = true;
        _endReason = reason;
        if (_queue.Count == 0 && !_isClosed)
            connection.CloseWhenFlushed(reason);
    }

    private bool TakeFrame(ref InputBuffer input, out Span<byte> frame)
    {
        frame = default;
        if (input.Length < Limits.FramePrefixBytes)
        {
            input.Need(Limits.FramePrefixBytes);
            return false;
        }
        var sizeBytes = BinaryPrimitives.ReadInt32BigEndian(input.Data);
        if (sizeBytes < Limits.RequestHeaderBytesMin
            || sizeBytes > services.Settings.RequestBytesMax)
        {
            RejectFrame(sizeBytes);
            return false;
        }
        if (input.Length - Limits.FramePrefixBytes < sizeBytes)
        {
            input.Need(Limits.FramePrefixBytes + sizeBytes);
            return false;
        }
        frame = input.Data.Slice(Limits.FramePrefixBytes, sizeBytes);
        return true;
    }

    private void RejectFrame(int sizeBytes)
    {
        var reason = sizeBytes < Limits.RequestHeaderBytesMin
            ? $"a frame of {sizeBytes} bytes is shorter than a request header"
            : $"a frame of {sizeBytes} bytes is above socket.request.max.bytes "
                + $"({services.Settings.RequestBytesMax}){ForeignProtocols.Hint(sizeBytes)}";
        Reject("unknown", -1, reason);
    }

    private void Dispatch(Span<byte> bytes)
    {
        var frame = RequestFrame.ReadFixed(bytes);
        var api = services.Apis.Find(frame.Key);
        if (api is null || !api.IsServed(frame.Version))
        {
            _ = RequestFrame.TryReadRest(ref frame, flexible: false);
            NoteClientId(frame.ClientId);
            Reject(
                api?.Name ?? $"api key {frame.Key}", frame.Version,
                api is null ? "this api key is not served" : "this version is not served");
            return;
        }
        var wellFormed = RequestFrame.TryReadRest(ref frame, api.IsFlexible(frame.Version));
        NoteClientId(frame.ClientId);
        var pending = wellFormed ? api.Begin(frame, this) : null;
        if (pending is null)
            Reject(api.Name, frame.Version, "the request is malformed");
        else
            _queue.Enqueue(pending);
    }

    // Clients send the same id with every request: the text is made once.
    private void NoteClientId(ReadOnlySpan<byte> clientId)
    {
        if (clientId.SequenceEqual(_clientIdBytes))
            return;
        _clientIdBytes = clientId.ToArray();
        ClientId = Encoding.UTF8.GetString(clientId);
    }

    private void Mute()
    {
        _isMuted = true;
        connection.Mute();
    }

    private void Unmute()
    {
        _isMuted = false;
        if (!_isClosed)
            connection.Unmute();
    }
}
