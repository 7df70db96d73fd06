using System.IO.Pipelines;
using System.Net;

namespace Teralog.Net;

/// <summary>
/// The event loops of a process and their listeners. Each loop is one thread that receives,
/// calls handlers and sends, run to completion.
/// </summary>
public sealed class ReactorGroup : IAsyncDisposable
{
    /// <summary>Starts the loops.</summary>
    public ReactorGroup(ReactorOptions options) => Options = options;

    /// <summary>What it was made with.</summary>
    public ReactorOptions Options { get; }

    /// <summary>Input buffers in use now, in the whole process, in bytes.</summary>
    public long InputBytesInUse => throw new NotImplementedException();

    /// <summary>Listens and gives each connection the handler that the factory makes; the
    /// factory runs on the connection's loop thread.</summary>
    /// <exception cref="ListenException">The address is in use, or not ours.</exception>
    public Listener Listen(
        IPEndPoint endpoint,
        ListenerOptions options,
        Func<Connection, IConnectionHandler> handlerFactory) =>
        throw new NotImplementedException();

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
        throw new NotImplementedException();

    /// <summary>
    /// Drains: accepts and reads no more, tells the handlers by
    /// <see cref="IConnectionHandler.OnInputEnded"/>, sends what is queued, and closes what is
    /// left when the time is over. The loops have ended when the task completes.
    /// </summary>
    public Task StopAsync(TimeSpan drainTimeout) => throw new NotImplementedException();

    /// <summary>Stops without a drain.</summary>
    public async ValueTask DisposeAsync() => await StopAsync(TimeSpan.Zero);
}
