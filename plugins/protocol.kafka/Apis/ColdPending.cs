using Teralog.Net;
using Teralog.Records;
using Teralog.Records.Wire;

namespace Teralog.Protocol.Kafka;

/// <summary>A cold request on its way: waits for the handler, writes the generated response.
/// </summary>
internal sealed class ColdPending<TResponse>(
    RequestContext context, short bodyVersion, int frameSizeBytes)
    : PendingResponse
    where TResponse : class, IWireMessage, new()
{
    private const int ScratchBytes = 512;

    private TResponse? _response;
    private Exception? _failure;

    /// <summary>Takes the handler's result, at once or when it comes.</summary>
    public void Start(ValueTask<TResponse> handling)
    {
        if (handling.IsCompletedSuccessfully)
        {
            _response = handling.Result;
            IsReady = true;
            return;
        }
        _ = AwaitAsync(handling.AsTask());
    }

    /// <inheritdoc/>
    public override long HeldBytes => (long)frameSizeBytes * Limits.ColdBytesPerFrameByte;

    /// <inheritdoc/>
    public override void WriteTo(KafkaConnection connection)
    {
        if (_response is null)
            Fail(connection);
        else
            Write(_response, connection.Connection);
    }

    /// <inheritdoc/>
    public override void Abandon()
    {
    }

    private void Write(TResponse response, Connection output)
    {
        var writer = new WireWriter(stackalloc byte[ScratchBytes]);
        var frame = writer.BeginFrame();
        writer.WriteInt32(context.CorrelationId);
        if (TResponse.HeaderVersion(bodyVersion) > 0)
            writer.WriteUnsignedVarint(0);
        response.Write(ref writer, bodyVersion);
        writer.EndFrame(frame);
        writer.CopyTo(output);
        writer.Dispose();
    }

    private async Task AwaitAsync(Task<TResponse> handling)
    {
        // The outcome is looked at on the loop: an exception here would be nobody's.
        await ((Task)handling).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (handling.IsCompletedSuccessfully)
            _response = await handling.ConfigureAwait(false);
        else
            _failure = handling.Exception?.InnerException;
        _ = context.Connection.Connection.Post(
            static state => ((ColdPending<TResponse>)state!).BecomeReady(), this);
    }

    private void BecomeReady()
    {
        IsReady = true;
        context.Connection.Drain();
    }

    // A handler that was cancelled has lost its connection; one that threw has a bug, and its
    // client must not wait for an answer for ever.
    private void Fail(KafkaConnection connection)
    {
        Invariant.That(_response is null);
        if (_failure is not null)
        {
            ConnectionLog.HandlerFailed(
                context.Services.Logger, _failure, context.Api.Name, context.Version,
                context.Peer, context.ClientId);
        }
        connection.Connection.Close(CloseReason.HandlerFailed, context.Api.Name);
    }
}
