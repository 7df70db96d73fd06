using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using Teralog.Records.Wire;
using Teralog.Server.Messages;

namespace Teralog.Server.Client;

/// <summary>One connection to a broker; one request at a time.</summary>
internal sealed class BrokerConnection : IDisposable
{
    private const string ClientId = "teralog-cli";

    private readonly Socket _socket;
    private readonly string _name;
    private int _correlationId;

    private BrokerConnection(Socket socket, string name)
    {
        _socket = socket;
        _name = name;
    }

    /// <exception cref="ClientException">Nobody answers there.</exception>
    public static async Task<BrokerConnection> OpenAsync(
        string host, int port, CancellationToken cancellationToken)
    {
        var name = $"{host}:{port}";
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Limits.ConnectWait);
        try
        {
            await socket.ConnectAsync(host, port, deadline.Token).ConfigureAwait(false);
            return new BrokerConnection(socket, name);
        }
        catch (Exception exception) when (
            exception is SocketException or OperationCanceledException
            && !cancellationToken.IsCancellationRequested)
        {
            socket.Dispose();
            throw new ClientException(
                $"No broker answers at {name}: start one, or name another with -b.", exception);
        }
    }

    /// <exception cref="ClientException">The connection ended, or the answer is none.</exception>
    public async Task<TResponse> AskAsync<TRequest, TResponse>(
        TRequest request, short version, CancellationToken cancellationToken)
        where TRequest : IWireMessage
        where TResponse : IWireMessage, new()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Limits.AnswerWait);
        try
        {
            var frame = Frame(request, version, ++_correlationId);
            for (var sent = 0; sent < frame.Length;)
                sent += await _socket.SendAsync(frame.AsMemory(sent), deadline.Token)
                    .ConfigureAwait(false);
            var answer = await ReceiveAsync(deadline.Token).ConfigureAwait(false);
            return Parse<TResponse>(answer, version);
        }
        catch (OperationCanceledException exception) when (
            !cancellationToken.IsCancellationRequested)
        {
            throw new ClientException($"The broker at {_name} does not answer.", exception);
        }
        catch (SocketException exception)
        {
            throw new ClientException(
                $"The connection to {_name} ended: {exception.Message}.", exception);
        }
    }

    public void Dispose() => _socket.Dispose();

    private static byte[] Frame<TRequest>(TRequest request, short version, int correlationId)
        where TRequest : IWireMessage
    {
        var header = new RequestHeader
        {
            RequestApiKey = TRequest.ApiKey, RequestApiVersion = version,
            CorrelationId = correlationId, ClientId = ClientId,
        };
        var writer = new WireWriter(stackalloc byte[512]);
        try
        {
            var mark = writer.BeginFrame();
            header.Write(ref writer, TRequest.HeaderVersion(version));
            request.Write(ref writer, version);
            writer.EndFrame(mark);
            return writer.Written.ToArray();
        }
        finally
        {
            writer.Dispose();
        }
    }

    /// <summary>The bytes behind the length; memory grows with what arrives, not with what was
    /// claimed.</summary>
    private async Task<ReadOnlyMemory<byte>> ReceiveAsync(CancellationToken cancellationToken)
    {
        var buffer = new ArrayBufferWriter<byte>(Limits.ReadBytes);
        await ReceiveAsync(buffer, 4, cancellationToken).ConfigureAwait(false);
        var length = BinaryPrimitives.ReadInt32BigEndian(buffer.WrittenSpan);
        if (length is < 4 or > Limits.ResponseBytesMax)
            throw new ClientException($"The answer of {_name} is not Kafka's protocol.");
        buffer.ResetWrittenCount();
        await ReceiveAsync(buffer, length, cancellationToken).ConfigureAwait(false);
        return buffer.WrittenMemory;
    }

    private async Task ReceiveAsync(
        ArrayBufferWriter<byte> buffer, int count, CancellationToken cancellationToken)
    {
        while (buffer.WrittenCount < count)
        {
            var wanted = Math.Min(count - buffer.WrittenCount, Limits.ReadBytes);
            var read = await _socket.ReceiveAsync(
                buffer.GetMemory(wanted)[..wanted], cancellationToken).ConfigureAwait(false);
            if (read == 0)
                throw new ClientException($"The broker at {_name} closed the connection.");
            buffer.Advance(read);
        }
    }

    private TResponse Parse<TResponse>(ReadOnlyMemory<byte> answer, short version)
        where TResponse : IWireMessage, new()
    {
        var reader = new WireReader(answer.Span);
        var header = new ResponseHeader();
        header.Read(ref reader, TResponse.HeaderVersion(version));
        var response = new TResponse();
        response.Read(ref reader, version);
        return !reader.Failed && header.CorrelationId == _correlationId
            ? response
            : throw new ClientException($"The answer of {_name} cannot be read.");
    }
}
