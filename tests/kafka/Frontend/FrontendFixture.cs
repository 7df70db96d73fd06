using System.IO.Pipelines;
using System.Net;
using Microsoft.Extensions.Logging;
using Teralog.Abstractions;
using Teralog.Net;

namespace Teralog.Protocol.Kafka.Tests;

/// <summary>The real frontend on real loops and a real port, over the given broker.</summary>
internal sealed class FrontendFixture : IFrontendHost, IAsyncDisposable
{
    private readonly ReactorGroup _loops;
    private readonly KafkaFrontend _frontend;

    private FrontendFixture(IBroker broker, FrontendSettings settings)
    {
        Broker = broker;
        Settings = settings;
        _loops = new ReactorGroup(new ReactorOptions { LoopCount = 1 });
        _frontend = new KafkaFrontend(settings, Log, TimeProvider.System);
    }

    public IBroker Broker { get; }

    public FrontendSettings Settings { get; }

    public LinesLogger Log { get; } = new();

    public IPEndPoint Endpoint { get; private set; } = new(0, 0);

    public IReadOnlyList<ListenerSpec> Listeners { get; } =
        [new("PLAINTEXT", new IPEndPoint(IPAddress.Loopback, 0), "127.0.0.1", 0)];

    public static async Task<FrontendFixture> StartAsync(
        IBroker broker, FrontendSettings? settings = null)
    {
        var fixture = new FrontendFixture(broker, settings ?? new FrontendSettings());
        await fixture._frontend.StartAsync(fixture, CancellationToken.None);
        return fixture;
    }

    public IPEndPoint Listen(
        ListenerSpec listener, Func<Connection, IConnectionHandler> handler)
    {
        var options = new ListenerOptions
        {
            Name = listener.Name,
            InputBytesMax = Settings.RequestBytesMax + 4,
        };
        return Endpoint = _loops.Listen(listener.Bind, options, handler).Endpoint;
    }

    public IPEndPoint ListenPipes(
        ListenerSpec listener, Func<IDuplexPipe, Connection, CancellationToken, ValueTask> serve) =>
        throw new NotSupportedException();

    public WireClient Connect() => new(Endpoint);

    public async ValueTask DisposeAsync() => await _loops.DisposeAsync();

    /// <summary>Keeps lines for the tests that count them.</summary>
    public sealed class LinesLogger : ILogger
    {
        private readonly List<string> _lines = [];

        public IReadOnlyList<string> Lines
        {
            get
            {
                lock (_lines)
                    return [.. _lines];
            }
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter)
        {
            lock (_lines)
                _lines.Add(formatter(state, exception));
        }
    }
}
