using System.IO.Pipelines;
using System.Net;
using Teralog.Net.Native;

namespace Teralog.Net;

/// <summary>
/// The event loops of a process and their listeners. Each loop is one thread that receives,
/// calls handlers and sends, run to completion.
/// </summary>
public sealed class ReactorGroup : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly List<Listener> _listeners = [];
    private readonly EventLoop[] _loops;
    private readonly MemoryBudget _budget;
    private int _listenerNext;
    private bool _isStopping;

    /// <summary>Starts the loops.</summary>
    public ReactorGroup(ReactorOptions options)
    {
        Options = options;
        _budget = new MemoryBudget(options.InputBytesMax);
        var count = options.LoopCount > 0 ? options.LoopCount : Environment.ProcessorCount;
        _loops = new EventLoop[count];
        for (var i = 0; i < count; i++)
            _loops[i] = new EventLoop(i, options, _budget);
        _budget.Freed = RetryMemory;
    }

    /// <summary>What it was made with.</summary>
    public ReactorOptions Options { get; }

    /// <summary>Input buffers in use now, in the whole process, in bytes.</summary>
    public long InputBytesInUse => _budget.UsedBytes;

    internal bool HasMemoryWaiters => _budget.HasWaiters;

    /// <summary>Listens and gives each connection the handler that the factory makes; the
    /// factory runs on the connection's loop thread.</summary>
    /// <exception cref="ListenException">The address is in use, or not ours.</exception>
    public Listener Listen(
        IPEndPoint endpoint,
        ListenerOptions options,
        Func<Connection, IConnectionHandler> handlerFactory)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isStopping, this);
            var fd = ListenSocket.Open(endpoint, options, Options.Logger);
            var loop = _loops[_listenerNext++ % _loops.Length];
            var listener = new Listener(this, loop, fd, options, handlerFactory);
            _listeners.Add(listener);
            return listener;
        }
    }

    /// <summary>
    /// Listens and shows each connection as a pair of pipes. The server function runs on the
    /// thread pool; the token fires when the connection closes; when the function ends, what it
    /// wrote is sent and the connection closes.
    /// </summary>
    /// <exception cref="ListenException">The address is in use, or not ours.</exception>
    public Listener ListenPipes(
        IPEndPoint endpoint,
        ListenerOptions options,
        Func<IDuplexPipe, Connection, CancellationToken, ValueTask> serve) =>
        Listen(endpoint, options, connection => new PipeHandler(connection, serve));

    /// <summary>
    /// Drains: accepts and reads no more, tells the handlers by
    /// <see cref="IConnectionHandler.OnInputEnded"/>, sends what is queued, and closes what is
    /// left when the time is over. The loops have ended when the task completes.
    /// </summary>
    public Task StopAsync(TimeSpan drainTimeout)
    {
        lock (_lock)
        {
            _isStopping = true;
            foreach (var listener in _listeners)
                listener.StopAccepting();
            _listeners.Clear();
        }
        foreach (var loop in _loops)
            loop.Post(null, _ => loop.Drain(drainTimeout), null);
        return Task.WhenAll(_loops.Select(loop => loop.Ended));
    }

    /// <summary>Stops without a drain.</summary>
    public async ValueTask DisposeAsync() => await StopAsync(TimeSpan.Zero);

    internal EventLoop LeastLoaded()
    {
        var least = _loops[0];
        foreach (var loop in _loops)
        {
            if (loop.Load < least.Load)
                least = loop;
        }
        return least;
    }

    private void RetryMemory()
    {
        foreach (var loop in _loops)
            loop.RetryMemory();
    }
}
