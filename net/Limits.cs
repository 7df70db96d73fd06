namespace Teralog.Net;

/// <summary>Every queue, buffer and batch of this project has its bound here.</summary>
internal static class Limits
{
    /// <summary>One receive of a loop takes at most this into its shared buffer.</summary>
    public const int ReceiveBytes = 256 * 1024;

    /// <summary>What a receive is cut to while the process's input budget is used up: what is
    /// received must be kept somewhere, even then.</summary>
    public const int ReceiveUnderPressureBytes = 16 * 1024;

    /// <summary>A kept rest up to this size is copied in front of the next receive.</summary>
    public const int InputInlineBytesMax = 4 * 1024;

    /// <summary>The least size of a connection's own input buffer.</summary>
    public const int InputBufferBytesMin = 4 * 1024;

    /// <summary>An input buffer may be this many times what has arrived, not more.</summary>
    public const int InputGrowthFactor = 4;

    /// <summary>Kafka's socket.request.max.bytes and its length prefix.</summary>
    public const int InputBytesMaxDefault = 104_857_600 + 4;

    /// <summary>Input buffers of the whole process.</summary>
    public const long ProcessInputBytesMaxDefault = 512L * 1024 * 1024;

    /// <summary>A connection with this much queued is not read from.</summary>
    public const long OutputHighBytesDefault = 4 * 1024 * 1024;

    /// <summary>… until its queue has fallen to this.</summary>
    public const long OutputLowBytesDefault = 1024 * 1024;

    /// <summary>The usual size of an output segment.</summary>
    public const int OutputSegmentBytes = 16 * 1024;

    /// <summary>Buffers gathered into one send.</summary>
    public const int GatherMax = 64;

    /// <summary>One sendfile call moves at most this.</summary>
    public const int SendFileBytesMax = 512 * 1024;

    /// <summary>Up to this size a slice is asked for at its first page only.</summary>
    public const int ProbeOnceBytesMax = 64 * 1024;

    /// <summary>Reads that bring a cold file range into the page cache.</summary>
    public const int WarmReadBytes = 128 * 1024;

    /// <summary>What one connection may send before the others have their turn.</summary>
    public const long SendPerTurnBytesMax = 2 * 1024 * 1024;

    /// <summary>The least and largest buffer that a loop's pool keeps.</summary>
    public const int PoolBufferBytesMin = 4 * 1024;

    /// <summary>Larger buffers are given back to the system at once.</summary>
    public const int PoolBufferBytesMax = 4 * 1024 * 1024;

    /// <summary>Free buffers that a loop's pool keeps, in bytes.</summary>
    public const long PoolRetainedBytesMax = 64L * 1024 * 1024;

    /// <summary>Events that one wait takes.</summary>
    public const int EventsPerWait = 256;

    /// <summary>Connections that one accept event takes.</summary>
    public const int AcceptsPerTurn = 64;

    /// <summary>Posted work that one turn runs before sockets have their turn again.</summary>
    public const int PostedPerTurn = 4096;

    /// <summary>Kafka's socket.listen.backlog.size is 50; bursts of clients want more.</summary>
    public const int BacklogDefault = 1024;

    /// <summary>A listener warns of refused connections at most so often.</summary>
    public static readonly TimeSpan RefusalLogInterval = TimeSpan.FromSeconds(10);

    /// <summary>How long accepting pauses when file descriptors or memory ran out.</summary>
    public static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest and shortest pause between two looks for idle connections.</summary>
    public static readonly TimeSpan IdleSweepMax = TimeSpan.FromSeconds(1);

    /// <summary>See <see cref="IdleSweepMax"/>.</summary>
    public static readonly TimeSpan IdleSweepMin = TimeSpan.FromMilliseconds(10);

    /// <summary>How long one connection may go beyond the process's input budget.</summary>
    public static readonly TimeSpan OverdraftMax = TimeSpan.FromSeconds(30);
}
