using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Teralog.Storage;

/// <summary>A file of the real disk; every call is one system call (more if interrupted).</summary>
internal sealed unsafe class LinuxFile(SafeFileHandle handle) : IFile
{
    public SafeFileHandle Handle => handle;

    public long LengthBytes => RandomAccess.GetLength(handle);

    public IoError Write(ReadOnlySpan<byte> bytes, long position)
    {
        fixed (byte* start = bytes)
        {
            int done = 0;
            while (done < bytes.Length)
            {
                nint count = Libc.WriteAt(
                    handle, start + done, bytes.Length - done, position + done);
                if (count > 0)
                    done += (int)count;
                else if (!IsInterrupted(count))
                    return count == 0 ? IoError.NoSpace : Libc.LastError();
            }
        }

        return IoError.None;
    }

    public IoError Read(Span<byte> buffer, long position, out int bytesRead)
    {
        bytesRead = 0;
        fixed (byte* start = buffer)
        {
            while (bytesRead < buffer.Length)
            {
                nint count = Libc.ReadAt(
                    handle, start + bytesRead, buffer.Length - bytesRead, position + bytesRead);
                if (count == 0)
                    break;
                if (count > 0)
                    bytesRead += (int)count;
                else if (!IsInterrupted(count))
                    return Libc.LastError();
            }
        }

        return IoError.None;
    }

    public IoError Truncate(long lengthBytes) =>
        Libc.Truncate(handle, lengthBytes) == 0 ? IoError.None : Libc.LastError();

    public IoError Allocate(long lengthBytes) =>
        Libc.Allocate(handle, Libc.AllocateKeepSize, 0, lengthBytes) == 0
            ? IoError.None
            : Libc.LastError();

    // Any error counts, also EINTR: what a repeated sync says cannot be believed.
    public IoError Sync()
    {
        if (Libc.SyncData(handle) == 0)
            return IoError.None;

        IoError error = Libc.LastError();
        return error == IoError.None ? IoError.Device : error;
    }

    public void Dispose() => handle.Dispose();

    private static bool IsInterrupted(nint count) =>
        count < 0 && Marshal.GetLastSystemError() == Libc.ErrnoInterrupted;
}
