using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using Teralog.TestKit;

namespace Teralog.Net.Tests;

public sealed class LifeTests
{
    [Fact]
    public async Task An_idle_connection_is_closed_and_a_busy_one_is_not()
    {
        var clock = new FakeTimeProvider();
        var connections = new ConcurrentQueue<Connection>();
        var reasons = new ConcurrentQueue<(long Id, CloseReason Reason)>();
        await using var net = new TestNet(new ReactorOptions { LoopCount = 1, Clock = clock });
        var listener = net.Listen(
            connection =>
            {
                connections.Enqueue(connection);
                return new TestHandler(TestHandler.Echo)
                {
                    Closed = (closed, reason) => reasons.Enqueue((closed.Id, reason)),
                };
            },
            new ListenerOptions { IdleTimeout = TimeSpan.FromMinutes(10) });
        var idle = net.Connect(listener);
        await Poll.Until(() => connections.Count == 1, "the first is there");
        var busy = net.Connect(listener);
        await Poll.Until(() => connections.Count == 2, "the second is there");
        for (var minute = 0; minute < 12; minute++)
        {
            clock.Advance(TimeSpan.FromMinutes(1));
            busy.Send("x"u8);
            busy.ReceiveExactly(1);
        }
        await Poll.Until(() => !reasons.IsEmpty, "the idle one is closed");
        Assert.Equal([(connections.First().Id, CloseReason.IdleTimeout)], reasons);
        Assert.Empty(idle.ReceiveToEnd());
        busy.Send("x"u8);
        busy.ReceiveExactly(1);
    }

    [Fact]
    public async Task A_muted_connection_is_not_read_and_its_rest_is_shown_after()
    {
        Connection? muted = null;
        var seen = 0;
        await using var net = new TestNet();
        var listener = net.Listen((Connection connection, ref InputBuffer input) =>
        {
            muted = connection;
            Frames.ForEach(connection, ref input, (connection, _) =>
            {
                Interlocked.Increment(ref seen);
                connection.Mute();
            });
        });
        var socket = net.Connect(listener);
        socket.Send(new byte[] { 0, 0, 0, 1, 7, 0, 0, 0, 1, 8, 0, 0, 0, 1, 9 });
        for (var expected = 1; expected <= 3; expected++)
        {
            await Poll.Until(() => Volatile.Read(ref seen) == expected, $"frame {expected}");
            Assert.True(muted!.IsInputPaused);
            muted.Post(static state => ((Connection)state!).Unmute(), muted);
        }
        socket.Send(new byte[] { 0, 0, 0, 1, 9 });
        await Poll.Until(() => Volatile.Read(ref seen) == 4, "reading goes on");
    }

    [Fact]
    public async Task The_longest_of_two_timed_mutes_counts()
    {
        var clock = new FakeTimeProvider();
        Connection? muted = null;
        var seen = 0;
        await using var net = new TestNet(new ReactorOptions { LoopCount = 1, Clock = clock });
        var listener = net.Listen((Connection connection, ref InputBuffer input) =>
        {
            input.Consume(1);
            Interlocked.Increment(ref seen);
            connection.Mute(TimeSpan.FromSeconds(30));
            connection.Mute(TimeSpan.FromSeconds(10));
            Volatile.Write(ref muted, connection);
        });
        var socket = net.Connect(listener);
        socket.Send("ab"u8);
        await Poll.Until(() => muted is not null, "muted");
        await AdvanceAndTurn(clock, muted!, 20);
        Assert.Equal(1, seen);
        Assert.True(muted!.IsInputPaused);
        await AdvanceAndTurn(clock, muted, 11);
        await Poll.Until(() => Volatile.Read(ref seen) == 2, "the mute has ended");
    }

    [Fact]
    public async Task Posts_of_many_threads_all_run_in_order_of_each_thread()
    {
        Connection? connection = null;
        await using var net = new TestNet();
        var listener = net.Listen(
            made => { connection = made; return new TestHandler(TestHandler.Echo); });
        var socket = net.Connect(listener);
        await Poll.Until(() => Volatile.Read(ref connection) is not null, "connected");
        const int threads = 4, posts = 20_000;
        var next = new int[threads];
        var ran = 0;
        var posters = Enumerable.Range(0, threads).Select(thread => TestNet.OnThread(() =>
        {
            for (var i = 0; i < posts; i++)
                Assert.True(connection!.Post(Ran, (thread, i)));
        })).ToList();
        for (var i = 0; i < 200; i++)
        {
            socket.Send("ping"u8);
            socket.ReceiveExactly(4);
        }
        await Task.WhenAll(posters);
        await Poll.Until(() => Volatile.Read(ref ran) == threads * posts, "all posts run");
        Assert.Equal([posts, posts, posts, posts], next);

        void Ran(object? state)
        {
            var (thread, i) = ((int, int))state!;
            Assert.Equal(next[thread]++, i);
            Interlocked.Increment(ref ran);
        }
    }

    [Fact]
    public async Task Scheduled_work_runs_in_time_order_and_cancelled_work_does_not()
    {
        var clock = new FakeTimeProvider();
        var ran = new ConcurrentQueue<int>();
        Connection? connection = null;
        await using var net = new TestNet(new ReactorOptions { LoopCount = 1, Clock = clock });
        var listener = net.Listen(made =>
        {
            foreach (var seconds in new[] { 5, 1, 3, 2, 4 })
            {
                var delay = TimeSpan.FromSeconds(seconds);
                var work = made.Schedule(delay, n => ran.Enqueue((int)n!), seconds);
                if (seconds == 3)
                    work.Cancel();
            }
            connection = made;
            return new TestHandler(TestHandler.Echo);
        });
        net.Connect(listener);
        await Poll.Until(() => Volatile.Read(ref connection) is not null, "connected");
        await AdvanceAndTurn(clock, connection!, 4);
        Assert.Equal([1, 2, 4], ran);
        await AdvanceAndTurn(clock, connection!, 1);
        Assert.Equal([1, 2, 4, 5], ran);
    }

    [Fact]
    public async Task A_handler_that_throws_loses_its_connection_and_no_other()
    {
        var reasons = new ConcurrentQueue<CloseReason>();
        await using var net = new TestNet(new ReactorOptions { LoopCount = 1 });
        var listener = net.Listen(_ => new TestHandler(Throw) { Reasons = reasons });
        var good = net.Connect(listener);
        var bad = net.Connect(listener);
        bad.Send("!"u8);
        Assert.Empty(bad.ReceiveToEnd());
        await Poll.Until(() => !reasons.IsEmpty, "closed");
        Assert.Equal([CloseReason.HandlerFailed], reasons);
        Assert.Equal(1, net.Logger.Count("its handler threw a planted bug"));
        good.Send("ok"u8);
        Assert.Equal("ok"u8.ToArray(), good.ReceiveExactly(2));

        static void Throw(Connection connection, ref InputBuffer input)
        {
            if (input.Data[0] == '!')
                throw new InvalidOperationException("a planted bug");
            TestHandler.Echo(connection, ref input);
        }
    }

    [Fact]
    public async Task A_factory_or_posted_work_that_throws_costs_one_connection()
    {
        var made = 0;
        await using var net = new TestNet(new ReactorOptions { LoopCount = 1 });
        var listener = net.Listen(connection => ++made switch
        {
            1 => throw new InvalidOperationException("no handler"),
            2 => new TestHandler((Connection connection, ref InputBuffer input) =>
                connection.Post(_ => throw new InvalidOperationException("posted"), null)),
            _ => new TestHandler(TestHandler.Echo),
        });
        var first = net.Connect(listener);
        Assert.Empty(first.ReceiveToEnd());
        var second = net.Connect(listener);
        second.Send("x"u8);
        Assert.Empty(second.ReceiveToEnd());
        var third = net.Connect(listener);
        third.Send("x"u8);
        third.ReceiveExactly(1);
        Assert.Equal(1, net.Logger.Count("its handler threw no handler"));
        Assert.Equal(1, net.Logger.Count("its handler threw posted"));
    }

    [Fact]
    public async Task Draining_sends_what_is_queued_then_ends()
    {
        var random = Seeds.Next(out _);
        using var file = new TempFile(random.Bytes(20_000_000));
        var reasons = new ConcurrentQueue<CloseReason>();
        var asked = 0;
        await using var net = new TestNet();
        var listener = net.Listen(_ => new TestHandler(Send) { Reasons = reasons });
        var sockets = Enumerable.Range(0, 4).Select(_ => net.Connect(listener)).ToList();
        foreach (var socket in sockets)
            socket.Send("go"u8);
        await Poll.Until(() => Volatile.Read(ref asked) == 4, "asked");
        var stop = net.Group.StopAsync(Poll.Deadline);
        foreach (var socket in sockets)
            Assert.True(file.Bytes.AsSpan().SequenceEqual(socket.ReceiveToEnd()));
        await stop.WaitAsync(Poll.Deadline, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Repeat(CloseReason.Stopping, 4), reasons);
        Assert.ThrowsAny<SocketException>(() => net.Connect(listener));

        void Send(Connection connection, ref InputBuffer input)
        {
            input.Consume(input.Length);
            connection.Append(new FileSlice(file.Handle, 0, file.Bytes.Length, null));
            connection.Flush();
            Interlocked.Increment(ref asked);
        }
    }

    [Fact]
    public async Task A_drain_ends_in_time_although_a_peer_does_not_read()
    {
        using var file = new TempFile(new byte[20_000_000]);
        var lease = new CountingLease();
        var asked = 0;
        await using var net = new TestNet();
        var listener = net.Listen((Connection connection, ref InputBuffer input) =>
        {
            input.Consume(input.Length);
            connection.Append(new FileSlice(file.Handle, 0, file.Bytes.Length, lease));
            connection.Flush();
            Interlocked.Increment(ref asked);
        });
        net.Connect(listener, receiveBufferBytes: 4096).Send("go"u8);
        await Poll.Until(() => Volatile.Read(ref asked) == 1, "asked");
        await net.Group.StopAsync(TimeSpan.FromMilliseconds(50))
            .WaitAsync(Poll.Deadline, TestContext.Current.CancellationToken);
        Assert.Equal(1, lease.Count);
    }

    [Fact]
    public async Task Close_from_another_thread_ends_the_connection_once()
    {
        Connection? connection = null;
        var reasons = new ConcurrentQueue<CloseReason>();
        await using var net = new TestNet();
        var listener = net.Listen(made =>
        {
            connection = made;
            return new TestHandler(TestHandler.Echo) { Reasons = reasons };
        });
        var socket = net.Connect(listener);
        await Poll.Until(() => Volatile.Read(ref connection) is not null, "connected");
        connection!.Close(CloseReason.Requested, "told so");
        connection.Close(CloseReason.ProtocolError);
        Assert.Empty(socket.ReceiveToEnd());
        await Poll.Until(() => listener.ConnectionCount == 0, "closed");
        Assert.Equal([CloseReason.Requested], reasons);
        Assert.Equal("told so", connection.CloseDetail);
        Assert.Throws<InvalidOperationException>(() => connection.GetSpan(1));
    }

    [Fact]
    public async Task An_address_in_use_says_so()
    {
        await using var net = new TestNet();
        var listener = net.Listen(TestHandler.Echo);
        var failure = Assert.Throws<ListenException>(() => net.Group.Listen(
            listener.Endpoint, new(), _ => new TestHandler(TestHandler.Echo)));
        Assert.True(failure.IsAddressInUse);
        Assert.Contains("ddress already in use", failure.Message);
        Assert.Contains(listener.Endpoint.ToString(), failure.Message);
        var notOurs = new IPEndPoint(IPAddress.Parse("192.0.2.1"), 0);
        Assert.False(Assert.Throws<ListenException>(() => net.Group.Listen(
            notOurs, new(), _ => new TestHandler(TestHandler.Echo))).IsAddressInUse);
    }

    private static async Task AdvanceAndTurn(
        FakeTimeProvider clock, Connection connection, int seconds)
    {
        clock.Advance(TimeSpan.FromSeconds(seconds));
        // Two turns: the first runs what is due, the second proves that it is over.
        for (var turn = 0; turn < 2; turn++)
        {
            var done = 0;
            connection.Post(_ => Volatile.Write(ref done, 1), null);
            await Poll.Until(() => Volatile.Read(ref done) == 1, "a turn");
        }
    }
}
