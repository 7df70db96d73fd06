using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Teralog.Net;

/// <summary>What a <see cref="ReactorGroup"/> is made with.</summary>
public sealed record ReactorOptions
{
    /// <summary>How many loops, one thread each (num.network.threads); 0 = one a processor.
    /// </summary>
    public int LoopCount { get; init; }

    /// <summary>
    /// The most bytes of input buffers in the whole process (queued.max.request.bytes). One
    /// connection at a time may go beyond it, so that frames always finish one after another.
    /// </summary>
    public long InputBytesMax { get; init; } = Limits.ProcessInputBytesMaxDefault;

    /// <summary>The clock of idle timeouts and scheduled work.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where the loops report.</summary>
    public ILogger Logger { get; init; } = NullLogger.Instance;

    internal Func<long, bool>? IsColdForTests { get; init; }
}
