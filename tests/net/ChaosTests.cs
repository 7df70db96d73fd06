using System.Buffers;
using System.Collections.Concurrent;
using System.Net.Sockets;
using Teralog.TestKit;

namespace Teralog.Net.Tests;

/// <summary>Peers and handlers that do everything at once; what is promised still holds.</summary>
public sealed class ChaosTests
{
    private const int Peers = 16;
    private const int RoundsPerPeer = 40;

    private readonly ConcurrentQueue<CountingLease> _leases = new();
    private readonly ConcurrentDictionary<long, int> _closed = new();
    private int _made;

    [Fact]
    public async Task Every_connection_closes_once_and_frees_all_it_held()
    {
        var seed = Seeds.Next(out _).Next();
        using var file = new TempFile(new Random(seed).Bytes(1_000_000));
        await using (var net = new TestNet(new ReactorOptions
        {
            LoopCount = 2,
            InputBytesMax = 512 * 1024,
            IsColdForTests = position => position % 7 == 0,
        }))
        {
            var options = new ListenerOptions
            {
                InputBytesMax = 600_000,
                OutputHighBytes = 300_000,
                OutputLowBytes = 100_000,
                IdleTimeout = TimeSpan.FromSeconds(1),
            };
            var listener = net.Listen(connection => Handler(connection, seed, file), options);
            await Task.WhenAll(Enumerable.Range(0, Peers).Select(peer => TestNet.OnThread(
                () => Misbehave(net, listener, new Random(seed + peer)))));
            await Poll.Until(() => listener.ConnectionCount == 0, "all are closed");
            Assert.Equal(0, net.Group.InputBytesInUse);
        }
        Assert.Equal(_made, _closed.Count);
        Assert.All(_closed.Values, times => Assert.Equal(1, times));
        Assert.All(_leases, lease => Assert.Equal(1, lease.Count));
        Assert.NotEmpty(_leases);
    }

    private TestHandler Handler(Connection connection, int seed, TempFile file)
    {
        Interlocked.Increment(ref _made);
        var random = new Random(seed + (int)connection.Id);
        return new TestHandler((Connection connection, ref InputBuffer input) =>
            Frames.ForEach(connection, ref input, (connection, frame) =>
                Answer(connection, frame, random, file)))
        {
            InputEnded = ended =>
            {
                ended.Schedule(TimeSpan.FromMilliseconds(1), _ =>
                    ended.CloseWhenFlushed(CloseReason.PeerClosed), null);
                return random.Next(2) == 0;
            },
            Closed = (ended, _) => _closed.AddOrUpdate(ended.Id, 1, (_, n) => n + 1),
        };
    }

    private void Answer(Connection connection, Span<byte> frame, Random random, TempFile file)
    {
        connection.Write(frame);
        var lease = new CountingLease();
        switch (random.Next(12))
        {
            case < 4:
                _leases.Enqueue(lease);
                var position = random.Next(500_000);
                var length = random.Next(500_000);
                connection.Append(new FileSlice(file.Handle, position, length, lease));
                break;
            case < 6:
                connection.Mute(TimeSpan.FromMilliseconds(random.Next(3)));
                break;
            case < 8:
                connection.Mute();
                ThreadPool.UnsafeQueueUserWorkItem(
                    _ => connection.Post(_ => connection.Unmute(), null), null);
                break;
            case 8:
                ThreadPool.UnsafeQueueUserWorkItem(
                    _ => connection.Close(CloseReason.Requested), null);
                break;
            case 9:
                connection.CloseWhenFlushed(CloseReason.Requested);
                break;
            case 10:
                throw new InvalidOperationException("a planted bug");
            default:
                connection.Post(_ => connection.Write("posted"u8), null);
                break;
        }
        connection.Flush();
    }

    private static void Misbehave(TestNet net, Listener listener, Random random)
    {
        for (var round = 0; round < RoundsPerPeer; round++)
        {
            using var socket = net.Connect(listener);
            socket.ReceiveTimeout = socket.SendTimeout = 20;
            try
            {
                for (var i = random.Next(6); i > 0; i--)
                {
                    var most = random.Next(4) == 0 ? 700_000 : 2000;
                    var frame = Frames.Make(random, random.Next(most));
                    var cut = random.Next(5) == 0 ? random.Next(frame.Length) : frame.Length;
                    socket.SendChunked(random, frame.AsSpan(0, cut));
                }
                socket.Receive(new byte[random.Next(1, 50_000)]);
                if (random.Next(2) == 0)
                    socket.Shutdown(SocketShutdown.Send);
                if (random.Next(2) == 0)
                    socket.LingerState = new LingerOption(true, 0);
            }
            catch (SocketException)
            {
                // The server closed it, or had nothing to say in time: both are expected.
            }
        }
    }
}
