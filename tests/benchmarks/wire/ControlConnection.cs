using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace Teralog.Benchmarks.Wire;

/// <summary>One request at a time, blocking: what is not measured.</summary>
internal sealed class ControlConnection : IDisposable
{
    private const int AnswerSizeMax = 1 << 20;
    private readonly Socket _socket;

    public ControlConnection(int port)
    {
        _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
        };
        _socket.Connect(IPAddress.Loopback, port);
    }

    /// <summary>The answer with its length prefix.</summary>
    public byte[] Send(byte[] frame)
    {
        _socket.Send(frame);
        var prefix = new byte[4];
        Receive(prefix);
        var sizeBytes = BinaryPrimitives.ReadInt32BigEndian(prefix);
        if (sizeBytes is < 4 or > AnswerSizeMax)
            throw new InvalidDataException($"An answer of {sizeBytes} bytes.");
        var answer = new byte[prefix.Length + sizeBytes];
        prefix.CopyTo(answer, 0);
        Receive(answer.AsSpan(prefix.Length));
        return answer;
    }

    public void CreateTopic(string topic, int partitions) =>
        Check(Send(Requests.CreateTopic(topic, partitions)), Requests.CreateTopicErrorAt(topic));

    public void DeleteTopic(string topic) =>
        Check(Send(Requests.DeleteTopic(topic)), Requests.DeleteTopicErrorAt(topic));

    /// <summary>The end offset, or -1 while the partition has no leader.</summary>
    public long EndOffset(string topic, int partition)
    {
        var answer = Send(Requests.EndOffset(topic, partition));
        var errorAt = Requests.EndOffsetErrorAt(topic);
        return BinaryPrimitives.ReadInt16BigEndian(answer.AsSpan(errorAt)) == 0
            ? BinaryPrimitives.ReadInt64BigEndian(answer.AsSpan(errorAt + 2 + 8))
            : -1;
    }

    public void Dispose() => _socket.Dispose();

    private static void Check(byte[] answer, int errorAt)
    {
        var error = BinaryPrimitives.ReadInt16BigEndian(answer.AsSpan(errorAt));
        if (error != 0)
            throw new InvalidDataException($"The broker refused: Kafka's error {error}.");
    }

    private void Receive(Span<byte> target)
    {
        while (!target.IsEmpty)
        {
            var count = _socket.Receive(target);
            if (count == 0)
                throw new EndOfStreamException("The broker closed the connection.");
            target = target[count..];
        }
    }
}
