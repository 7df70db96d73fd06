using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Teralog.Records.Wire;

namespace Teralog.Protocol.Kafka.Tests;

/// <summary>A client of bytes: what is sent is what the test says, what comes is checked.</summary>
internal sealed class WireClient : IDisposable
{
    private const int DeadlineMs = 20_000;
    private const int CorrelationId = 7;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp);

    public WireClient(IPEndPoint endpoint)
    {
        _socket.NoDelay = true;
        _socket.ReceiveTimeout = DeadlineMs;
        _socket.Connect(endpoint);
    }

    public Socket Socket => _socket;

    public void Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[_socket.Send(bytes)..];
    }

    /// <summary>The next frame without its length; null where the broker closed.</summary>
    public byte[]? Receive()
    {
        var size = Exactly(4);
        return size is null ? null : Exactly(BinaryPrimitives.ReadInt32BigEndian(size));
    }

    /// <summary>Nothing comes within the time, and the connection is open.</summary>
    public bool IsSilent(int forMs) =>
        !_socket.Poll(TimeSpan.FromMilliseconds(forMs), SelectMode.SelectRead);

    /// <summary>True where the broker has closed; any answer before it fails the test.</summary>
    public bool IsClosed()
    {
        var one = new byte[1];
        try
        {
            return _socket.Receive(one) == 0;
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode == SocketError.ConnectionReset;
        }
    }

    public TResponse Call<TRequest, TResponse>(TRequest request, short version)
        where TRequest : class, IWireMessage
        where TResponse : class, IWireMessage, new()
    {
        Send(Frame(request, version));
        return Decode<TResponse>(Receive(), version);
    }

    public static byte[] Frame<TRequest>(
        TRequest request, short version, int correlationId = CorrelationId)
        where TRequest : class, IWireMessage
    {
        var writer = new WireWriter(new byte[4096]);
        var frame = writer.BeginFrame();
        writer.WriteInt16(TRequest.ApiKey);
        writer.WriteInt16(version);
        writer.WriteInt32(correlationId);
        writer.WriteString("test", compact: false);
        if (TRequest.HeaderVersion(version) > 1)
            writer.WriteUnsignedVarint(0);
        request.Write(ref writer, version);
        writer.EndFrame(frame);
        var bytes = writer.Written.ToArray();
        writer.Dispose();
        return bytes;
    }

    public static TResponse Decode<TResponse>(
        byte[]? frame, short version, int correlationId = CorrelationId)
        where TResponse : class, IWireMessage, new()
    {
        Assert.NotNull(frame);
        var reader = new WireReader(frame);
        Assert.Equal(correlationId, reader.ReadInt32());
        if (TResponse.HeaderVersion(version) > 0)
            reader.SkipTags();
        var response = new TResponse();
        response.Read(ref reader, version);
        Assert.False(reader.Failed);
        Assert.Equal(0, reader.Remaining);
        return response;
    }

    public void Dispose() => _socket.Dispose();

    private byte[]? Exactly(int count)
    {
        var bytes = new byte[count];
        for (var have = 0; have < count;)
        {
            var got = _socket.Receive(bytes.AsSpan(have));
            if (got == 0)
                return null;
            have += got;
        }
        return bytes;
    }
}
