using System.Net;
using System.Net.Sockets;
using Teralog.TestKit;

namespace Teralog.Net.Tests;

/// <summary>A group with two loops and sockets to it; all ends with it.</summary>
internal sealed class TestNet : IAsyncDisposable
{
    private readonly List<Socket> _sockets = [];

    public TestNet(ReactorOptions? options = null)
    {
        options ??= new ReactorOptions { LoopCount = 2 };
        Group = new ReactorGroup(options with { Logger = Logger });
    }

    public TestLogger Logger { get; } = new();

    public ReactorGroup Group { get; }

    public Listener Listen(DataAction onData, ListenerOptions? options = null) =>
        Listen(_ => new TestHandler(onData), options);

    public Listener Listen(
        Func<Connection, IConnectionHandler> factory, ListenerOptions? options = null) =>
        Group.Listen(new IPEndPoint(IPAddress.Loopback, 0), options ?? new(), factory);

    public Socket Connect(Listener listener, int receiveBufferBytes = 0)
    {
        var socket = new Socket(
            listener.Endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
        {
            NoDelay = true,
            ReceiveTimeout = (int)Poll.Deadline.TotalMilliseconds,
            SendTimeout = (int)Poll.Deadline.TotalMilliseconds,
        };
        if (receiveBufferBytes > 0)
            socket.ReceiveBufferSize = receiveBufferBytes;
        socket.Connect(listener.Endpoint);
        lock (_sockets)
            _sockets.Add(socket);
        return socket;
    }

    /// <summary>Runs blocking client code on a thread of its own.</summary>
    public static Task OnThread(Action action) =>
        Task.Factory.StartNew(
            action,
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default);

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in _sockets)
            socket.Dispose();
        await Group.DisposeAsync();
        Assert.Equal(0, Group.InputBytesInUse);
    }
}
