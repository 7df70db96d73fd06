using System.Net;
using System.Net.Sockets;
using Teralog.TestKit;

namespace Teralog.Net.Tests;

public sealed class AcceptTests
{
    [Fact]
    public async Task Out_of_descriptors_accepting_pauses_warns_once_and_goes_on()
    {
        var faults = 5;
        var calls = 0;
        await using var net = new TestNet();
        var listener = net.Listen(TestHandler.Echo);
        listener.AcceptFault = () =>
        {
            Interlocked.Increment(ref calls);
            return Interlocked.Decrement(ref faults) >= 0 ? 24 : 0;
        };
        var socket = net.Connect(listener);
        socket.Send("hello"u8);
        Assert.Equal("hello"u8.ToArray(), socket.ReceiveExactly(5));
        Assert.Equal(1, net.Logger.Count("accepting pauses, errno 24"));
        Assert.Equal(1, net.Logger.Count("accepting goes on"));
        // Five faults, one success, one "none is there": it tried by the timer and did not spin.
        await Poll.Until(() => Volatile.Read(ref calls) == 7, "the backlog is empty");
    }

    [Fact]
    public async Task Errors_of_one_connection_in_the_backlog_do_not_stop_accepting()
    {
        var aborted = 103;
        await using var net = new TestNet();
        var listener = net.Listen(TestHandler.Echo);
        listener.AcceptFault = () => Interlocked.Exchange(ref aborted, 0);
        var socket = net.Connect(listener);
        socket.Send("hello"u8);
        Assert.Equal("hello"u8.ToArray(), socket.ReceiveExactly(5));
        Assert.Equal(0, net.Logger.Count("pauses"));
    }

    [Fact]
    public async Task Connections_above_the_limits_are_refused_until_others_leave()
    {
        await using var net = new TestNet();
        var listener = net.Listen(
            TestHandler.Echo, new ListenerOptions { ConnectionsPerAddressMax = 2 });
        var first = net.Connect(listener);
        var second = net.Connect(listener);
        await Poll.Until(() => listener.ConnectionCount == 2, "two are there");
        Assert.Empty(net.Connect(listener).ReceiveToEnd());
        Assert.Equal(1, net.Logger.Count("was refused: 2 connections"));
        first.Close();
        await Poll.Until(() => listener.ConnectionCount == 1, "one has left");
        foreach (var socket in new[] { second, net.Connect(listener) })
        {
            socket.Send("x"u8);
            socket.ReceiveExactly(1);
        }
    }

    [Fact]
    public async Task Connections_are_spread_over_the_loops()
    {
        var threads = new System.Collections.Concurrent.ConcurrentDictionary<int, int>();
        await using var net = new TestNet(new ReactorOptions { LoopCount = 3 });
        var listener = net.Listen(_ =>
        {
            threads.AddOrUpdate(Environment.CurrentManagedThreadId, 1, (_, n) => n + 1);
            return new TestHandler(TestHandler.Echo);
        });
        for (var i = 0; i < 30; i++)
            net.Connect(listener);
        await Poll.Until(() => threads.Values.Sum() == 30, "all are there");
        Assert.Equal([10, 10, 10], threads.Values);
    }

    [Fact]
    public async Task Ipv6_and_the_endpoints_are_told()
    {
        Connection? connection = null;
        await using var net = new TestNet();
        Assert.SkipUnless(Socket.OSSupportsIPv6, "this machine has no IPv6");
        var listener = net.Group.Listen(
            new IPEndPoint(IPAddress.IPv6Any, 0),
            new ListenerOptions { Name = "EXTERNAL", TcpCongestion = "cubic" },
            made =>
            {
                connection = made;
                return new TestHandler(TestHandler.Echo);
            });
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, 0);
        socket.Connect(IPAddress.Loopback, listener.Endpoint.Port);
        await Poll.Until(() => Volatile.Read(ref connection) is not null, "connected");
        Assert.Equal(socket.LocalEndPoint, connection!.Peer);
        Assert.Equal(socket.RemoteEndPoint, connection.Local);
        Assert.Equal("EXTERNAL", connection.ListenerName);
    }

    [Fact]
    public async Task A_listener_that_stopped_accepting_keeps_its_connections()
    {
        await using var net = new TestNet();
        var listener = net.Listen(TestHandler.Echo);
        var socket = net.Connect(listener);
        socket.Send("x"u8);
        socket.ReceiveExactly(1);
        listener.StopAccepting();
        await Poll.Until(Refuses, "new connections are refused");
        socket.Send("x"u8);
        socket.ReceiveExactly(1);

        bool Refuses()
        {
            try
            {
                net.Connect(listener).Close();
                return false;
            }
            catch (SocketException)
            {
                return true;
            }
        }
    }
}
