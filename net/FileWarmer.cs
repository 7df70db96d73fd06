using System.Buffers;
using Microsoft.Win32.SafeHandles;
using Teralog.Net.Native;

namespace Teralog.Net;

/// <summary>
/// Keeps reads of the disk away from the loops. Sendfile of a page that is not in the page cache
/// would stop every connection of the loop; so the first and last page of what is to be sent are
/// asked for without waiting, and where one is missing the range is read on the thread pool
/// first. Pages between them may still be missing: the kernel's readahead usually has them.
/// </summary>
internal sealed unsafe class FileWarmer
{
    private bool _isUnsupported;

    /// <summary>For tests: decides by position instead of asking the kernel.</summary>
    public Func<long, bool>? IsColdForTests { get; init; }

    /// <summary>A part of the range would have to be read from the disk.</summary>
    public bool IsCold(int descriptor, long position, int count)
    {
        if (IsColdForTests is not null)
            return IsColdForTests(position);
        if (_isUnsupported)
            return false;
        return IsPageCold(descriptor, position)
            || (count > Limits.ProbeOnceBytesMax && IsPageCold(descriptor, position + count - 1));
    }

    /// <summary>Reads the range on the thread pool, then posts the work to the connection.
    /// </summary>
    public static void Warm(
        SafeFileHandle file, long position, int count, Connection owner, Action<object?> then)
    {
        ThreadPool.UnsafeQueueUserWorkItem(_ =>
        {
            Read(file, position, count);
            owner.Post(then, owner);
        }, null);
    }

    private static void Read(SafeFileHandle file, long position, int count)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Limits.WarmReadBytes);
        try
        {
            for (var at = 0; at < count;)
            {
                var read = RandomAccess.Read(file, buffer, position + at);
                if (read == 0)
                    return;
                at += read;
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // Sendfile meets the same error and names it; a closed connection needs no file.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private bool IsPageCold(int descriptor, long position)
    {
        byte probe;
        var vector = new IoVector { Base = &probe, Length = 1 };
        if (Libc.ReadVectorAt(descriptor, &vector, 1, position, Libc.ReadNoWait) >= 0)
            return false;
        var errno = Libc.LastError;
        // Anything but "would wait" means that this file system cannot say.
        _isUnsupported |= errno is not (Errno.Again or Errno.Interrupted);
        return errno == Errno.Again;
    }
}
