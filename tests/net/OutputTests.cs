using System.Buffers;
using System.Collections.Concurrent;
using System.Net.Sockets;
using Teralog.TestKit;

namespace Teralog.Net.Tests;

public sealed class OutputTests
{
    [Fact]
    public async Task Slices_between_buffers_arrive_byte_for_byte()
    {
        var random = Seeds.Next(out var seed);
        using var file = new TempFile(random.Bytes(3_000_000));
        var leases = new ConcurrentQueue<CountingLease>();
        var expected = new MemoryStream();
        WriteMixed(new Random(seed), file, b => expected.Write(b), (p, n) =>
            expected.Write(file.Bytes, p, n));
        await using var net = new TestNet();
        var listener = net.Listen((Connection connection, ref InputBuffer input) =>
        {
            input.Consume(input.Length);
            WriteMixed(new Random(seed), file, b => connection.Write(b), (p, n) =>
            {
                var lease = new CountingLease();
                leases.Enqueue(lease);
                connection.Append(new FileSlice(file.Handle, p, n, lease));
            });
            connection.Flush();
        });
        var socket = net.Connect(listener);
        socket.Send("go"u8);
        var received = socket.ReceiveExactly((int)expected.Length);
        Assert.True(expected.ToArray().AsSpan().SequenceEqual(received));
        await Poll.Until(() => leases.All(lease => lease.Count == 1), "leases are disposed");
        socket.Close();
        await Poll.Until(() => listener.ConnectionCount == 0, "closed");
        Assert.All(leases, lease => Assert.Equal(1, lease.Count));
    }

    [Fact]
    public async Task Cold_slices_are_read_elsewhere_and_arrive_in_order()
    {
        var random = Seeds.Next(out _);
        using var file = new TempFile(random.Bytes(2_000_000));
        var probes = 0;
        await using var net = new TestNet(new ReactorOptions
        {
            LoopCount = 1,
            IsColdForTests = position => Interlocked.Increment(ref probes) % 2 == 1,
        });
        var listener = net.Listen((Connection connection, ref InputBuffer input) =>
        {
            input.Consume(input.Length);
            for (var i = 0; i < 3; i++)
            {
                connection.Write("head"u8);
                connection.Append(new FileSlice(file.Handle, i, 1_900_000, null));
            }
            connection.Append(new FileSlice(file.Handle, 0, 10, null) { IsHot = true });
            connection.Flush();
        });
        var socket = net.Connect(listener);
        socket.Send("go"u8);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("head"u8.ToArray(), socket.ReceiveExactly(4));
            var slice = socket.ReceiveExactly(1_900_000);
            Assert.True(file.Bytes.AsSpan(i, 1_900_000).SequenceEqual(slice));
        }
        Assert.Equal(file.Bytes[..10], socket.ReceiveExactly(10));
        Assert.InRange(probes, 6, 1000);
    }

    [Fact]
    public async Task A_connection_that_closes_while_its_slice_is_read_frees_its_lease()
    {
        using var file = new TempFile(new byte[1_000_000]);
        var lease = new CountingLease();
        await using var net = new TestNet(
            new ReactorOptions { LoopCount = 1, IsColdForTests = _ => true });
        var listener = net.Listen((Connection connection, ref InputBuffer input) =>
        {
            input.Consume(input.Length);
            connection.Append(new FileSlice(file.Handle, 0, 1_000_000, lease));
            connection.Flush();
            connection.Post(_ => connection.Close(CloseReason.Requested), null);
        });
        var socket = net.Connect(listener);
        socket.Send("go"u8);
        socket.ReceiveToEnd();
        await Poll.Until(() => lease.Count == 1, "the lease is disposed");
    }

    [Fact]
    public void The_kernel_says_that_a_file_just_written_is_in_the_page_cache()
    {
        using var file = new TempFile(new byte[100_000]);
        var descriptor = (int)file.Handle.DangerousGetHandle();
        Assert.False(new FileWarmer().IsCold(descriptor, 0, 100_000));
    }

    [Fact]
    public async Task Requests_and_answers_allocate_nothing_once_warm()
    {
        using var file = new TempFile(new byte[100_000]);
        var allocated = new long[6000];
        var requests = 0;
        await using var net = new TestNet(new ReactorOptions { LoopCount = 1 });
        var listener = net.Listen((Connection connection, ref InputBuffer input) =>
        {
            allocated[requests++] = GC.GetAllocatedBytesForCurrentThread();
            input.Consume(input.Length);
            connection.GetSpan(20)[..20].Clear();
            connection.Advance(20);
            connection.Append(new FileSlice(file.Handle, 0, 100, null));
            connection.Flush();
        });
        var socket = net.Connect(listener);
        var answer = new byte[120];
        for (var i = 0; i < allocated.Length; i++)
        {
            socket.Send("ask"u8);
            for (var at = 0; at < answer.Length;)
                at += socket.Receive(answer.AsSpan(at));
        }
        Assert.Equal(0, allocated[^1] - allocated[1000]);
    }

    [Fact]
    public async Task Written_bytes_may_be_patched_until_the_handler_returns()
    {
        await using var net = new TestNet();
        var listener = net.Listen((Connection connection, ref InputBuffer input) =>
        {
            input.Consume(input.Length);
            var length = connection.GetSpan(1)[..1];
            connection.Advance(1);
            connection.Write(new byte[100_000]);
            length[0] = 42;
            connection.Flush();
        });
        var socket = net.Connect(listener);
        socket.Send("go"u8);
        Assert.Equal(42, socket.ReceiveExactly(100_001)[0]);
    }

    [Fact]
    public async Task A_file_that_ends_early_closes_the_connection_with_its_reason()
    {
        using var file = new TempFile(new byte[100_000]);
        file.Truncate(50_000);
        var lease = new CountingLease();
        var reasons = new ConcurrentQueue<CloseReason>();
        await using var net = new TestNet();
        var listener = net.Listen(_ => new TestHandler(Send) { Reasons = reasons });
        var socket = net.Connect(listener);
        socket.Send("go"u8);
        Assert.Equal(50_000, socket.ReceiveToEnd().Length);
        await Poll.Until(() => !reasons.IsEmpty, "closed");
        Assert.Equal([CloseReason.FileFailed], reasons);
        Assert.Equal(1, lease.Count);

        void Send(Connection connection, ref InputBuffer input)
        {
            input.Consume(input.Length);
            connection.Append(new FileSlice(file.Handle, 0, 100_000, lease));
            connection.Flush();
        }
    }

    [Fact]
    public async Task A_peer_that_resets_in_the_middle_of_output_frees_every_lease()
    {
        using var file = new TempFile(new byte[1 << 20]);
        var leases = new ConcurrentQueue<CountingLease>();
        var reasons = new ConcurrentQueue<CloseReason>();
        await using var net = new TestNet();
        var listener = net.Listen(_ => new TestHandler(Send) { Reasons = reasons });
        var socket = net.Connect(listener);
        socket.Send("go"u8);
        socket.ReceiveExactly(10_000);
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
        await Poll.Until(() => !reasons.IsEmpty, "closed");
        Assert.Equal([CloseReason.PeerReset], reasons);
        Assert.Equal(64, leases.Count);
        Assert.All(leases, lease => Assert.Equal(1, lease.Count));

        void Send(Connection connection, ref InputBuffer input)
        {
            input.Consume(input.Length);
            for (var i = 0; i < 64; i++)
            {
                leases.Enqueue(new CountingLease());
                connection.Append(new FileSlice(file.Handle, 0, 1 << 20, leases.Last()));
            }
            connection.Flush();
        }
    }

    [Fact]
    public async Task A_peer_that_does_not_read_is_not_read_from_and_stops_nobody()
    {
        long pendingMost = 0;
        Connection? slowConnection = null;
        await using var net = new TestNet(new ReactorOptions { LoopCount = 1 });
        var options = new ListenerOptions
        {
            OutputHighBytes = 1 << 20,
            OutputLowBytes = 1 << 18,
        };
        var listener = net.Listen(Answer, options);
        var slow = net.Connect(listener, receiveBufferBytes: 4096);
        var random = Seeds.Next(out _);
        var frame = Frames.Make(random, 60_000);
        var count = 0;
        slow.Blocking = false;
        await Poll.Until(() => !Pushes(), "the server stops reading");
        await Poll.Until(() => slowConnection is { IsInputPaused: true }, "paused");

        var quick = net.Connect(listener);
        for (var i = 0; i < 100; i++)
        {
            quick.Send(frame);
            quick.ReceiveExactly(frame.Length);
        }
        Assert.InRange(Volatile.Read(ref pendingMost), 1 << 20, (1 << 20) + (2 * frame.Length));

        slow.Blocking = true;
        var sent = count;
        var whole = sent / frame.Length;
        var answered = slow.ReceiveExactly(whole * frame.Length);
        Assert.True(answered.AsSpan(0, frame.Length).SequenceEqual(frame));
        Assert.True(answered.AsSpan((whole - 1) * frame.Length).SequenceEqual(frame));

        bool Pushes()
        {
            try
            {
                count += slow.Send(frame.AsSpan(count % frame.Length));
                return true;
            }
            catch (SocketException exception)
                when (exception.SocketErrorCode == SocketError.WouldBlock)
            {
                return slowConnection is not { IsInputPaused: true };
            }
        }

        void Answer(Connection connection, ref InputBuffer input)
        {
            slowConnection ??= connection;
            Frames.Echo(connection, ref input);
            pendingMost = Math.Max(pendingMost, connection.OutputPendingBytes);
        }
    }

    [Fact]
    public async Task What_is_written_after_the_close_is_dropped_and_its_lease_disposed()
    {
        using var file = new TempFile(new byte[100]);
        var lease = new CountingLease();
        await using var net = new TestNet();
        var listener = net.Listen(_ => new TestHandler(TestHandler.Echo)
        {
            Closed = (connection, _) => connection.Post(_ =>
            {
                connection.Write(new byte[10]);
                connection.Append(new FileSlice(file.Handle, 0, 100, lease));
                connection.Flush();
            }, null),
        });
        net.Connect(listener).Close();
        await Poll.Until(() => lease.Count == 1, "the lease is disposed");
    }

    private static void WriteMixed(
        Random random, TempFile file, Action<byte[]> write, Action<int, int> slice)
    {
        for (var i = 0; i < 200; i++)
        {
            if (random.Next(3) > 0)
            {
                write(random.Bytes(random.Next(0, 40_000)));
                continue;
            }
            var position = random.Next(file.Bytes.Length);
            var most = Math.Min(file.Bytes.Length - position, 1_500_000);
            slice(position, random.Next(most + 1));
        }
    }
}
