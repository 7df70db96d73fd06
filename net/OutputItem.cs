using Microsoft.Win32.SafeHandles;

namespace Teralog.Net;

/// <summary>One entry of an output queue: a buffer with bytes to send, or a range of a file.
/// </summary>
internal struct OutputItem
{
    public NativeBuffer? Buffer;
    public int Start;
    public int End;
    public SafeFileHandle? File;
    public int Descriptor;
    public long Position;
    public IDisposable? Lease;

    /// <summary>Up to here the file need not be asked whether it is in the page cache.
    /// </summary>
    public long WarmUntil;

    public readonly bool IsSlice => Buffer is null;

    /// <summary>Bytes to send; for a slice too.</summary>
    public readonly int Remaining => End - Start;
}
