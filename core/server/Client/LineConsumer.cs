using Teralog.Records;
using Teralog.Server.Messages;

namespace Teralog.Server.Client;

/// <summary>
/// Writes every record's value as a line. All partitions (or one) from the place asked for; one
/// fetch a leader at a time, all leaders at once.
/// </summary>
internal sealed class LineConsumer(
    KafkaClient client, ConsumeOptions options, RecordDecoder decoder)
{
    private const short FetchVersion = 12;

    private readonly Dictionary<int, PartitionPlace> _places = [];
    private long _count;

    /// <returns>How many records were written.</returns>
    public async Task<long> RunAsync(Stream output, CancellationToken cancellationToken)
    {
        var topic = await client.TopicAsync(options.Topic, mayCreate: false, cancellationToken)
            .ConfigureAwait(false);
        foreach (var place in await new OffsetFinder(client, options)
            .FindAsync(topic, cancellationToken).ConfigureAwait(false))
            _places[place.Partition] = place;
        while (!IsDone)
        {
            var answers = await Task.WhenAll(Leaders(topic).Select(
                leader => FetchAsync(leader, cancellationToken))).ConfigureAwait(false);
            var mustRefresh = false;
            foreach (var answer in answers)
                mustRefresh |= Write(answer, output);
            await output.FlushAsync(cancellationToken).ConfigureAwait(false);
            if (!mustRefresh)
                continue;
            await Task.Delay(Limits.LeaderPoll, cancellationToken).ConfigureAwait(false);
            topic = await client.TopicAsync(options.Topic, mayCreate: false, cancellationToken)
                .ConfigureAwait(false);
        }

        return _count;
    }

    private bool IsDone => _count >= options.CountMax
        || (options.ExitsAtEnd && _places.Values.All(place => place.IsAtEnd));

    private IEnumerable<IGrouping<int, PartitionPlace>> Leaders(MetadataResponse.Topic topic)
    {
        foreach (var partition in topic.Partitions)
        {
            if (_places.TryGetValue(partition.PartitionIndex, out var place))
                place.Leader = partition.LeaderId;
        }

        return _places.Values.Where(place => !(options.ExitsAtEnd && place.IsAtEnd))
            .GroupBy(place => place.Leader);
    }

    private async Task<FetchResponse> FetchAsync(
        IGrouping<int, PartitionPlace> leader, CancellationToken cancellationToken)
    {
        var broker = await client.BrokerAsync(leader.Key, cancellationToken).ConfigureAwait(false);
        return await broker.AskAsync<FetchRequest, FetchResponse>(new FetchRequest
        {
            MaxWaitMs = Limits.FetchWaitMs,
            MinBytes = 1,
            MaxBytes = Limits.FetchBytes,
            Topics =
            [
                new()
                {
                    Topic = options.Topic,
                    Partitions = leader.Select(place => new FetchRequest.FetchPartition
                    {
                        Partition = place.Partition, FetchOffset = place.Next,
                        PartitionMaxBytes = Limits.FetchPartitionBytes,
                    }).ToList(),
                },
            ],
        }, FetchVersion, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>True when a leader has moved.</summary>
    private bool Write(FetchResponse answer, Stream output)
    {
        if (answer.ErrorCode != ErrorNames.None)
            throw new ClientException($"Fetch: {ErrorNames.Of(answer.ErrorCode)}.");
        var mustRefresh = false;
        foreach (var partition in answer.Responses.SelectMany(topic => topic.Partitions))
        {
            if (ErrorNames.IsPassing(partition.ErrorCode))
                mustRefresh = true;
            else if (partition.ErrorCode != ErrorNames.None)
                throw new ClientException($"Topic {options.Topic} partition "
                    + $"{partition.PartitionIndex}: {ErrorNames.Of(partition.ErrorCode)}.");
            else
                Write(partition.Records, _places[partition.PartitionIndex], output);
        }

        return mustRefresh;
    }

    private void Write(ReadOnlySpan<byte> records, PartitionPlace place, Stream output)
    {
        foreach (var batch in new BatchEnumerator(records))
        {
            var reader = decoder.Open(batch);
            while (_count < options.CountMax && !batch.IsControl && reader.TryRead(out var record))
            {
                if (record.Offset < place.Next)
                    continue;
                output.Write(record.Value.Span);
                output.WriteByte((byte)'\n');
                _count++;
            }

            if (reader.IsMalformed)
                throw new ClientException($"The batch at offset {batch.BaseOffset} of partition "
                    + $"{place.Partition} cannot be read.");
            place.Next = Math.Max(place.Next, batch.NextOffset);
        }
    }
}
