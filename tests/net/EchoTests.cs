using System.Net.Sockets;
using Teralog.TestKit;

namespace Teralog.Net.Tests;

public sealed class EchoTests
{
    [Fact]
    public async Task Sixty_four_connections_get_back_what_they_sent_however_it_is_cut()
    {
        var seed = Seeds.Next(out _).Next();
        await using var net = new TestNet();
        var listener = net.Listen(TestHandler.Echo);
        var clients = Enumerable.Range(0, 64).Select(index => TestNet.OnThread(() =>
        {
            var random = new Random(seed + index);
            var socket = net.Connect(listener);
            for (var round = 0; round < 5; round++)
            {
                var sent = random.Bytes(random.Next(1, 50_000));
                socket.SendChunked(random, sent);
                Assert.Equal(sent, socket.ReceiveExactly(sent.Length));
            }
        }));
        await Task.WhenAll(clients);
    }

    [Fact]
    public async Task Frames_of_one_byte_to_eight_mebibytes_come_whole()
    {
        var random = Seeds.Next(out _);
        await using var net = new TestNet();
        var listener = net.Listen(Frames.Echo);
        int[] sizes = [0, 1, 100, 4096, 16_384, 262_140, 262_144, 300_000, 1 << 20, 8 << 20];
        var frames = sizes.Concat(sizes).OrderBy(_ => random.Next())
            .Select(size => Frames.Make(random, size)).ToList();
        var socket = net.Connect(listener);
        var sender = TestNet.OnThread(() =>
        {
            foreach (var frame in frames)
                socket.SendChunked(random, frame);
        });
        foreach (var frame in frames)
            Assert.Equal(frame, socket.ReceiveExactly(frame.Length));
        await sender;
        await Poll.Until(() => net.Group.InputBytesInUse == 0, "input buffers are given back");
    }

    [Fact]
    public async Task A_handler_is_called_once_for_a_large_frame_that_it_asked_for()
    {
        var random = Seeds.Next(out _);
        TestHandler? handler = null;
        await using var net = new TestNet();
        var listener = net.Listen(_ => handler = new TestHandler(Frames.Echo));
        var socket = net.Connect(listener);
        var frame = Frames.Make(random, 3_000_000);
        var sender = TestNet.OnThread(() => socket.SendChunked(random, frame));
        Assert.Equal(frame, socket.ReceiveExactly(frame.Length));
        await sender;
        Assert.InRange(handler!.DataCalls, 2, 6);
    }

    [Fact]
    public async Task A_frame_above_the_limit_closes_the_connection_and_no_other()
    {
        var reasons = new TestHandler(Frames.Echo).Reasons;
        await using var net = new TestNet();
        var listener = net.Listen(
            _ => new TestHandler(Frames.Echo) { Reasons = reasons },
            new ListenerOptions { InputBytesMax = 1000 });
        var good = net.Connect(listener);
        var bad = net.Connect(listener);
        bad.Send(new byte[] { 0x7f, 0xff, 0xff, 0x00, 1, 2, 3 });
        Assert.Empty(bad.ReceiveToEnd());
        await Poll.Until(() => !reasons.IsEmpty, "closed");
        Assert.Equal([CloseReason.InputTooLarge], reasons);
        good.Send(new byte[] { 0, 0, 0, 1, 9 });
        Assert.Equal(new byte[] { 0, 0, 0, 1, 9 }, good.ReceiveExactly(5));
        Assert.Equal(0, net.Group.InputBytesInUse);
    }

    [Fact]
    public async Task What_was_asked_before_a_half_close_is_answered()
    {
        var random = Seeds.Next(out _);
        var reasons = new TestHandler(Frames.Echo).Reasons;
        await using var net = new TestNet();
        var listener = net.Listen(_ => new TestHandler(Frames.Echo) { Reasons = reasons });
        var socket = net.Connect(listener);
        var frame = Frames.Make(random, 2_000_000);
        var sender = TestNet.OnThread(() =>
        {
            socket.SendChunked(random, frame);
            socket.Shutdown(SocketShutdown.Send);
        });
        Assert.Equal(frame, socket.ReceiveToEnd());
        await sender;
        await Poll.Until(() => !reasons.IsEmpty, "closed");
        Assert.Equal([CloseReason.PeerClosed], reasons);
    }

    [Fact]
    public async Task A_handler_that_waits_for_answers_keeps_a_half_closed_connection()
    {
        await using var net = new TestNet();
        var listener = net.Listen(_ => new TestHandler(Consume)
        {
            InputEnded = connection =>
            {
                connection.Schedule(TimeSpan.FromMilliseconds(5), Answer, connection);
                return true;
            },
        });
        var socket = net.Connect(listener);
        socket.Send("ask"u8);
        socket.Shutdown(SocketShutdown.Send);
        Assert.Equal("late"u8.ToArray(), socket.ReceiveToEnd());

        static void Consume(Connection connection, ref InputBuffer input) =>
            input.Consume(input.Length);

        static void Answer(object? state)
        {
            var connection = (Connection)state!;
            "late"u8.CopyTo(connection.GetSpan(4));
            connection.Advance(4);
            connection.CloseWhenFlushed(CloseReason.PeerClosed);
        }
    }
}
