using Microsoft.Win32.SafeHandles;

namespace Teralog.Net;

/// <summary>
/// A range of a file that goes to a socket by sendfile, without its bytes being touched here.
/// </summary>
/// <param name="Handle">The open file; the queue keeps it from being closed under way.</param>
/// <param name="Position">The first byte, counted from the start of the file.</param>
/// <param name="Length">How many bytes; the file must have them until they are sent.</param>
/// <param name="Lease">Disposed exactly once: when all is sent, or the connection closed.</param>
public readonly record struct FileSlice(
    SafeFileHandle Handle, long Position, int Length, IDisposable? Lease)
{
    /// <summary>
    /// The caller knows that the bytes are in the page cache (just appended): they are sent
    /// without asking the kernel first. Otherwise a range that is not there is read on the
    /// thread pool before it is sent, so that the disk never stops a loop.
    /// </summary>
    public bool IsHot { get; init; }
}
