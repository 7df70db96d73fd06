using System.Buffers;
using System.IO.Pipelines;

namespace Teralog.Net;

/// <summary>
/// Shows a connection as a pair of pipes. Received bytes are copied into one pipe (a full pipe
/// mutes the connection); a pump copies the other, a bounded chunk at a time, to the connection's
/// output and goes on when that was sent.
/// </summary>
internal sealed class PipeHandler : IConnectionHandler, IDuplexPipe
{
    private readonly Pipe _received = new();
    private readonly Pipe _sending = new();
    private readonly CancellationTokenSource _closed = new();
    private readonly SemaphoreSlim _sent = new(0);

    // Loop thread: a chunk is with the connection, and the pump waits for its end.
    private bool _isChunkOut;
    private readonly Connection _connection;

    public PipeHandler(
        Connection connection,
        Func<IDuplexPipe, Connection, CancellationToken, ValueTask> serve)
    {
        _connection = connection;
        connection.OutputLow = ChunkEnded;
        ThreadPool.UnsafeQueueUserWorkItem(_ => Serve(serve), null);
        ThreadPool.UnsafeQueueUserWorkItem(_ => Pump(), null);
    }

    public PipeReader Input => _received.Reader;

    public PipeWriter Output => _sending.Writer;

    public void OnData(Connection connection, ref InputBuffer input)
    {
        _received.Writer.Write(input.Data);
        input.Consume(input.Length);
        var flush = _received.Writer.FlushAsync();
        if (flush.IsCompletedSuccessfully)
        {
            // The server reads no more; the pump closes when its output has ended too.
            if (flush.Result.IsCompleted)
                connection.Mute();
            return;
        }
        connection.Mute();
        UnmuteAfter(flush);
    }

    public bool OnInputEnded(Connection connection)
    {
        _received.Writer.Complete();
        return true;
    }

    public void OnClosed(Connection connection, CloseReason reason)
    {
        _received.Writer.Complete();
        _ = _closed.CancelAsync();
        _sending.Reader.CancelPendingRead();
        ChunkEnded();
    }

    private async void UnmuteAfter(ValueTask<FlushResult> flush)
    {
        try
        {
            await flush.ConfigureAwait(false);
        }
        catch (InvalidOperationException)
        {
            // The writer was completed meanwhile: the connection is closing.
        }
        _connection.Post(static self => ((Connection)self!).Unmute(), _connection);
    }

    private async void Serve(
        Func<IDuplexPipe, Connection, CancellationToken, ValueTask> serve)
    {
        Exception? failure = null;
        try
        {
            await serve(this, _connection, _closed.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_closed.IsCancellationRequested)
        {
            // The connection closed under it: that is how the token says so.
        }
        catch (Exception exception)
        {
            failure = exception;
        }
        if (failure is not null)
            _connection.Post(_ => _connection.Fail(failure), null);
        _received.Reader.Complete();
        _sending.Writer.Complete();
    }

    private async void Pump()
    {
        var reader = _sending.Reader;
        while (!_closed.IsCancellationRequested)
        {
            var result = await reader.ReadAsync().ConfigureAwait(false);
            var chunk = result.Buffer;
            if (chunk.Length > Limits.ReceiveBytes)
                chunk = chunk.Slice(0, Limits.ReceiveBytes);
            if (chunk.Length > 0 && _connection.Post(_ => Write(chunk), null))
                await _sent.WaitAsync().ConfigureAwait(false);
            var isLast = result.IsCompleted && chunk.Length == result.Buffer.Length;
            reader.AdvanceTo(chunk.End);
            if (isLast || result.IsCanceled)
                break;
        }
        reader.Complete();
        _connection.Post(
            _ => _connection.CloseWhenFlushed(CloseReason.Requested), null);
    }

    private void Write(ReadOnlySequence<byte> chunk)
    {
        _isChunkOut = true;
        if (_connection.IsClosed)
        {
            ChunkEnded();
            return;
        }
        foreach (var segment in chunk)
            _connection.Write(segment.Span);
        _connection.Flush();
    }

    private void ChunkEnded()
    {
        if (!_isChunkOut)
            return;
        _isChunkOut = false;
        _sent.Release();
    }
}
