using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Teralog.TestKit;

namespace Teralog.Net.Tests;

public sealed class PipeTests
{
    [Fact]
    public async Task Pipes_echo_more_than_any_buffer_holds()
    {
        var random = Seeds.Next(out _);
        await using var net = new TestNet();
        var listener = Listen(net, async (pipes, _, token) =>
            await pipes.Input.CopyToAsync(pipes.Output, token));
        var socket = net.Connect(listener);
        var sent = random.Bytes(10_000_000);
        var sender = TestNet.OnThread(() =>
        {
            socket.SendChunked(random, sent);
            socket.Shutdown(SocketShutdown.Send);
        });
        Assert.True(sent.AsSpan().SequenceEqual(socket.ReceiveToEnd()));
        await sender;
        await Poll.Until(() => listener.ConnectionCount == 0, "closed");
    }

    [Fact]
    public async Task A_server_that_ends_closes_after_its_output_is_sent()
    {
        await using var net = new TestNet();
        var listener = Listen(net, async (pipes, _, token) =>
            await pipes.Output.WriteAsync(new byte[1_000_000], token));
        Assert.Equal(1_000_000, net.Connect(listener).ReceiveToEnd().Length);
    }

    [Fact]
    public async Task A_server_that_reads_no_more_still_sends_its_output()
    {
        await using var net = new TestNet();
        var listener = Listen(net, async (pipes, _, token) =>
        {
            pipes.Input.Complete();
            for (var i = 0; i < 50; i++)
                await pipes.Output.WriteAsync(new byte[20_000], token);
        });
        var socket = net.Connect(listener);
        socket.Send("ignored"u8);
        Assert.Equal(1_000_000, socket.ReceiveToEnd().Length);
    }

    [Fact]
    public async Task The_token_fires_when_the_peer_resets()
    {
        var cancelled = 0;
        await using var net = new TestNet();
        var listener = Listen(net, async (_, _, token) =>
        {
            var gone = new TaskCompletionSource();
            await using var registration = token.Register(gone.SetResult);
            await gone.Task;
            Interlocked.Increment(ref cancelled);
        });
        var socket = net.Connect(listener);
        await Poll.Until(() => listener.ConnectionCount == 1, "connected");
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
        await Poll.Until(() => Volatile.Read(ref cancelled) == 1, "cancelled");
    }

    [Fact]
    public async Task A_server_that_throws_is_logged_and_closed()
    {
        await using var net = new TestNet();
        var listener = Listen(net, (_, _, _) =>
            throw new InvalidOperationException("a planted bug"));
        Assert.Empty(net.Connect(listener).ReceiveToEnd());
        await Poll.Until(() => net.Logger.Count("its handler threw a planted bug") == 1, "logged");
    }

    private static Listener Listen(
        TestNet net, Func<IDuplexPipe, Connection, CancellationToken, ValueTask> serve) =>
        net.Group.ListenPipes(new IPEndPoint(IPAddress.Loopback, 0), new(), serve);
}
