using System.Buffers.Binary;
using System.Net.Sockets;

namespace Teralog.Net.Tests;

/// <summary>Frames with a big-endian length before them, as Kafka has them.</summary>
internal static class Frames
{
    /// <summary>Sends whole frames back; leaves the rest when it should pause.</summary>
    public static void Echo(Connection connection, ref InputBuffer input) =>
        ForEach(connection, ref input, static (connection, frame) =>
        {
            var target = connection.GetSpan(frame.Length);
            frame.CopyTo(target);
            connection.Advance(frame.Length);
            connection.Flush();
        });

    public delegate void FrameAction(Connection connection, Span<byte> frame);

    /// <summary>Calls for each whole frame, its length included.</summary>
    public static void ForEach(
        Connection connection, ref InputBuffer input, FrameAction action)
    {
        while (!connection.IsInputPaused && input.Length >= 4)
        {
            var total = 4 + BinaryPrimitives.ReadInt32BigEndian(input.Data);
            if (input.Length < total)
            {
                input.Need(total);
                return;
            }
            action(connection, input.Data[..total]);
            input.Consume(total);
        }
    }

    public static byte[] Make(Random random, int bodyBytes)
    {
        var frame = random.Bytes(4 + bodyBytes);
        BinaryPrimitives.WriteInt32BigEndian(frame, bodyBytes);
        return frame;
    }

    /// <summary>Sends in pieces of random size.</summary>
    public static void SendChunked(this Socket socket, Random random, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var most = random.Next(3) == 0 ? 16 : 100_000;
            var count = Math.Min(bytes.Length, random.Next(1, most));
            socket.Send(bytes[..count]);
            bytes = bytes[count..];
        }
    }

    public static byte[] ReceiveExactly(this Socket socket, int count)
    {
        var bytes = new byte[count];
        var at = 0;
        while (at < count)
        {
            var received = socket.Receive(bytes.AsSpan(at));
            Assert.True(received > 0, $"the server ended after {at} of {count} bytes");
            at += received;
        }
        return bytes;
    }

    /// <summary>What comes until the peer ends its side or resets.</summary>
    public static byte[] ReceiveToEnd(this Socket socket)
    {
        var all = new MemoryStream();
        var bytes = new byte[65536];
        try
        {
            while (socket.Receive(bytes) is var received and > 0)
                all.Write(bytes, 0, received);
        }
        catch (SocketException)
        {
            // A reset is an end too.
        }
        return all.ToArray();
    }
}
