using System.Globalization;
using Microsoft.Extensions.Logging;
using Teralog.Broker;
using Teralog.Net;

namespace Teralog.Server.Hosting;

/// <summary>
/// Event loop and listener options from Kafka's names. Where Kafka's default would cost (a backlog
/// of 50, small socket buffers) only a value that somebody set counts.
/// </summary>
internal static class LoopSettings
{
    private const int FramePrefixBytes = 4;

    public static ReactorOptions Reactors(
        BrokerSettings settings, TimeProvider clock, ILogger logger)
    {
        var options = new ReactorOptions
        {
            LoopCount = Set(settings, "num.network.threads") ?? 0, Clock = clock, Logger = logger,
        };
        var bytesMax = settings.GetLong("queued.max.request.bytes");
        return bytesMax > 0 ? options with { InputBytesMax = bytesMax } : options;
    }

    public static ListenerOptions Listeners(BrokerSettings settings)
    {
        var idleMs = settings.GetLong("connections.max.idle.ms");
        var options = new ListenerOptions
        {
            InputBytesMax = (int)Math.Min(
                settings.GetInt("socket.request.max.bytes"), int.MaxValue - FramePrefixBytes)
                + FramePrefixBytes,
            IdleTimeout = idleMs > 0 ? TimeSpan.FromMilliseconds(idleMs) : null,
            ConnectionsMax = settings.GetInt("max.connections"),
            ConnectionsPerAddressMax = settings.GetInt("max.connections.per.ip"),
            SendBufferBytes = Positive(Set(settings, "socket.send.buffer.bytes")),
            ReceiveBufferBytes = Positive(Set(settings, "socket.receive.buffer.bytes")),
        };
        return Set(settings, "socket.listen.backlog.size") is { } backlog
            ? options with { Backlog = backlog }
            : options;
    }

    private static int? Set(BrokerSettings settings, string name) =>
        settings.Entries.TryGetValue(name, out var text)
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : null;

    private static int? Positive(int? value) => value > 0 ? value : null;
}
