using System.Threading.Channels;
using Teralog.Records;
using Teralog.Server.Messages;

namespace Teralog.Server.Client;

/// <summary>
/// Sends every line as one record, acks=all, one batch under way. Batches go to the partitions in
/// turn. A batch is full at <see cref="Limits.BatchBytes"/>, or when no further line waits.
/// </summary>
internal sealed class LineProducer(
    KafkaClient client, string topic, int? partition, TimeProvider clock)
{
    private const short ProduceVersion = 9;
    private const short AcksAll = -1;

    private readonly BatchBuilder _batch = new();
    private MetadataResponse.Topic? _metadata;
    private int _turn;

    /// <returns>How many lines the broker acknowledged.</returns>
    public async Task<long> RunAsync(Stream input, CancellationToken cancellationToken)
    {
        _metadata = await client.TopicAsync(topic, mayCreate: true, cancellationToken)
            .ConfigureAwait(false);
        var lines = Channel.CreateBounded<byte[]>(Limits.LinesAheadMax);
        // A console's stream blocks its caller: it gets a thread.
        var reading = Task.Factory.StartNew(
            () => ReadAsync(input, lines.Writer, cancellationToken), cancellationToken,
            TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap();
        var count = 0L;
        while (await lines.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            _batch.Clear();
            while (_batch.SizeBytes < Limits.BatchBytes && lines.Reader.TryRead(out var line))
                _batch.Add(clock.GetUtcNow().ToUnixTimeMilliseconds(), NullableBytes.Null, line);
            if (_batch.Count > 0)
                await SendAsync(cancellationToken).ConfigureAwait(false);
            count += _batch.Count;
        }

        await reading.ConfigureAwait(false);
        return count;
    }

    private static async Task ReadAsync(
        Stream input, ChannelWriter<byte[]> lines, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var line in LineReader.ReadAsync(input, cancellationToken)
                .ConfigureAwait(false))
                await lines.WriteAsync(line, cancellationToken).ConfigureAwait(false);
            lines.Complete();
        }
        catch (Exception exception)
        {
            lines.Complete(exception);
        }
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        var records = _batch.Build(new BatchBuilderOptions());
        var index = partition ?? _turn++ % _metadata!.Partitions.Count;
        using var deadline = new CancellationTokenSource(Limits.LeaderWait);
        while (true)
        {
            var answer = await SendOnceAsync(index, records, cancellationToken)
                .ConfigureAwait(false);
            if (answer.ErrorCode == ErrorNames.None)
                return;
            if (!ErrorNames.IsPassing(answer.ErrorCode) || deadline.IsCancellationRequested)
                throw new ClientException($"Topic {topic} partition {index}: "
                    + $"{ErrorNames.Of(answer.ErrorCode, answer.ErrorMessage)}.");
            await Task.Delay(Limits.LeaderPoll, cancellationToken).ConfigureAwait(false);
            _metadata = await client.TopicAsync(topic, mayCreate: true, cancellationToken)
                .ConfigureAwait(false);
        }
    }

    private async Task<ProduceResponse.PartitionProduce> SendOnceAsync(
        int index, byte[] records, CancellationToken cancellationToken)
    {
        var leader = _metadata!.Partitions.Find(p => p.PartitionIndex == index)?.LeaderId
            ?? throw new ClientException($"Topic {topic} has no partition {index}.");
        var broker = await client.BrokerAsync(leader, cancellationToken).ConfigureAwait(false);
        var response = await broker.AskAsync<ProduceRequest, ProduceResponse>(
            new ProduceRequest
            {
                Acks = AcksAll,
                TimeoutMs = Limits.RequestTimeoutMs,
                TopicData =
                [
                    new()
                    {
                        Name = topic, PartitionData = [new() { Index = index, Records = records }],
                    },
                ],
            }, ProduceVersion, cancellationToken).ConfigureAwait(false);
        return response.Responses[0].PartitionResponses[0];
    }
}
