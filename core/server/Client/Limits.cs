namespace Teralog.Server.Client;

/// <summary>Bounds of the command line's client.</summary>
internal static class Limits
{
    /// <summary>A response above this is refused.</summary>
    public const int ResponseBytesMax = 128 * 1024 * 1024;

    /// <summary>One read takes at most this, whatever length the broker claimed.</summary>
    public const int ReadBytes = 64 * 1024;

    /// <summary>A line of input above this is refused.</summary>
    public const int LineBytesMax = 64 * 1024 * 1024;

    /// <summary>Lines read ahead of the sender.</summary>
    public const int LinesAheadMax = 16 * 1024;

    /// <summary>A batch is sent when it has this many bytes, or when no line waits.</summary>
    public const int BatchBytes = 256 * 1024;

    /// <summary>Bytes that one fetch asks for, of a partition and in all.</summary>
    public const int FetchPartitionBytes = 1024 * 1024;
    public const int FetchBytes = 16 * 1024 * 1024;

    /// <summary>How long the broker may wait for data, in milliseconds.</summary>
    public const int FetchWaitMs = 500;

    /// <summary>Bytes that a batch may have after decompression.</summary>
    public const long DecompressedBytesMax = 256L * 1024 * 1024;

    /// <summary>How long the client waits for a leader or a new topic, and how often it asks.
    /// </summary>
    public static readonly TimeSpan LeaderWait = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan LeaderPoll = TimeSpan.FromMilliseconds(100);

    /// <summary>How long connecting and one answer may take.</summary>
    public static readonly TimeSpan ConnectWait = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan AnswerWait = TimeSpan.FromSeconds(60);

    /// <summary>The broker's own deadline of a request, in milliseconds.</summary>
    public const int RequestTimeoutMs = 30_000;
}
