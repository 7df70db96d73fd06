using Microsoft.Win32.SafeHandles;

namespace Teralog.Storage;

/// <summary>
/// An open file. Reads, writes and syncs may run at the same time from several threads; nothing
/// is cached or buffered between the caller and the system call.
/// </summary>
public interface IFile : IDisposable
{
    /// <summary>The descriptor, for sendfile; null where there is none (simulated disks).</summary>
    SafeFileHandle? Handle { get; }

    /// <summary>The length as the file system knows it.</summary>
    long LengthBytes { get; }

    /// <summary>Writes all bytes at the position, or says why not; some may be there.</summary>
    IoError Write(ReadOnlySpan<byte> bytes, long position);

    /// <summary>Reads until the buffer is full or the file ends.</summary>
    IoError Read(Span<byte> buffer, long position, out int bytesRead);

    /// <summary>Sets the length; what is added reads as zeros.</summary>
    IoError Truncate(long lengthBytes);

    /// <summary>Reserves blocks up to the length without changing the visible length.</summary>
    IoError Allocate(long lengthBytes);

    /// <summary>
    /// Makes the content durable (fdatasync). After an error nothing is known of what was written
    /// since the last success, and a second call may lie (reliability.md §0.2): never repeat it.
    /// </summary>
    IoError Sync();
}
