using System.Globalization;
using Teralog.Server.Messages;

namespace Teralog.Server.Client;

/// <summary>
/// A cluster as the command line sees it: metadata, and one connection a broker. The request
/// versions are fixed ones that Kafka serves since 2.8 and still serves.
/// </summary>
internal sealed class KafkaClient(string bootstrap) : IDisposable
{
    private const short MetadataVersion = 9;

    private readonly Dictionary<int, BrokerConnection> _brokers = [];
    private Dictionary<int, (string Host, int Port)> _addresses = [];
    private BrokerConnection? _first;

    public void Dispose()
    {
        _first?.Dispose();
        foreach (var connection in _brokers.Values)
            connection.Dispose();
    }

    /// <summary>Metadata of the topics, or of all where <paramref name="topics"/> is
    /// null.</summary>
    public async Task<MetadataResponse> MetadataAsync(
        IEnumerable<string>? topics, bool mayCreate, CancellationToken cancellationToken)
    {
        var connection = await FirstAsync(cancellationToken).ConfigureAwait(false);
        var response = await connection.AskAsync<MetadataRequest, MetadataResponse>(
            new MetadataRequest
            {
                Topics = topics?.Select(name => new MetadataRequest.Topic { Name = name }).ToList(),
                AllowAutoTopicCreation = mayCreate,
            }, MetadataVersion, cancellationToken).ConfigureAwait(false);
        _addresses = response.Brokers.ToDictionary(b => b.NodeId, b => (b.Host, b.Port));
        return response;
    }

    /// <summary>A topic whose partitions all have leaders; waits a while for them.</summary>
    public async Task<MetadataResponse.Topic> TopicAsync(
        string name, bool mayCreate, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(Limits.LeaderWait);
        while (true)
        {
            var response = await MetadataAsync([name], mayCreate, cancellationToken)
                .ConfigureAwait(false);
            var topic = response.Topics[0];
            var error = topic.ErrorCode != ErrorNames.None
                ? topic.ErrorCode
                : topic.Partitions.Select(p => p.ErrorCode).FirstOrDefault(code => code != 0);
            if (error == ErrorNames.None)
                return topic;
            var isFinal = !ErrorNames.IsPassing(error)
                || (error == ErrorNames.UnknownTopic && !mayCreate);
            if (isFinal || deadline.IsCancellationRequested)
                throw new ClientException($"Topic {name}: {ErrorNames.Of(error)}.");
            await Task.Delay(Limits.LeaderPoll, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The connection to a broker of the last metadata.</summary>
    public async Task<BrokerConnection> BrokerAsync(
        int nodeId, CancellationToken cancellationToken)
    {
        if (_brokers.TryGetValue(nodeId, out var known))
            return known;
        if (!_addresses.TryGetValue(nodeId, out var address))
            throw new ClientException($"The cluster has no address for broker {nodeId}.");
        return _brokers[nodeId] = await BrokerConnection.OpenAsync(
            address.Host, address.Port, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The connection to whoever changes topics.</summary>
    public async Task<BrokerConnection> ControllerAsync(CancellationToken cancellationToken)
    {
        var metadata = await MetadataAsync([], mayCreate: false, cancellationToken)
            .ConfigureAwait(false);
        return await BrokerAsync(metadata.ControllerId, cancellationToken).ConfigureAwait(false);
    }

    private async Task<BrokerConnection> FirstAsync(CancellationToken cancellationToken)
    {
        if (_first is not null)
            return _first;
        ClientException? last = null;
        foreach (var address in bootstrap.Split(',', StringSplitOptions.TrimEntries))
        {
            var (host, port) = Split(address);
            try
            {
                return _first = await BrokerConnection.OpenAsync(host, port, cancellationToken)
                    .ConfigureAwait(false);
            }
            catch (ClientException exception)
            {
                last = exception;
            }
        }

        throw last!;
    }

    private static (string Host, int Port) Split(string address)
    {
        var colon = address.LastIndexOf(':');
        var port = 9092;
        if (colon == 0 || (colon > 0 && !int.TryParse(
            address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port)))
            throw new ClientException($"'{address}' is not host:port.");
        return (colon < 0 ? address : address[..colon].Trim('[', ']'), port);
    }
}
