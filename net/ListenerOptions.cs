namespace Teralog.Net;

/// <summary>What one listener allows its connections. Immutable once it listens.</summary>
public sealed record ListenerOptions
{
    /// <summary>The listener's name, as in Kafka's <c>listeners</c> (PLAINTEXT, …).</summary>
    public string Name { get; init; } = "PLAINTEXT";

    /// <summary>The most bytes one frame may need (Kafka: socket.request.max.bytes + 4).</summary>
    public int InputBytesMax { get; init; } = Limits.InputBytesMaxDefault;

    /// <summary>
    /// A connection with more than this queued for output (buffers and slices) is not read from.
    /// </summary>
    public long OutputHighBytes { get; init; } = Limits.OutputHighBytesDefault;

    /// <summary>Reading goes on when the queue has fallen to this.</summary>
    public long OutputLowBytes { get; init; } = Limits.OutputLowBytesDefault;

    /// <summary>Close when nothing moved for so long (connections.max.idle.ms); null = never.
    /// </summary>
    public TimeSpan? IdleTimeout { get; init; }

    /// <summary>The most connections of this listener (max.connections).</summary>
    public int ConnectionsMax { get; init; } = int.MaxValue;

    /// <summary>The most connections of one address (max.connections.per.ip).</summary>
    public int ConnectionsPerAddressMax { get; init; } = int.MaxValue;

    /// <summary>Connections the kernel may hold before they are accepted
    /// (socket.listen.backlog.size).</summary>
    public int Backlog { get; init; } = Limits.BacklogDefault;

    /// <summary>The congestion control of the connections ("cubic"), best effort; null = the
    /// system's. BBR costs 2 to 4 times the CPU on loopback (performance.md §0).</summary>
    public string? TcpCongestion { get; init; }

    /// <summary>SO_SNDBUF (socket.send.buffer.bytes); null = the system's own tuning.</summary>
    public int? SendBufferBytes { get; init; }

    /// <summary>SO_RCVBUF (socket.receive.buffer.bytes); null = the system's own tuning.</summary>
    public int? ReceiveBufferBytes { get; init; }
}
