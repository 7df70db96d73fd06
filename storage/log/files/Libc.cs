using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Teralog.Storage;

/// <summary>
/// The system calls that the framework lacks or hides errors of (reliability.md §0.1, §0.4).
/// Errno is read only after a failure.
/// </summary>
internal static unsafe partial class Libc
{
    internal const int ErrnoNotPermitted = 1;
    internal const int ErrnoNotFound = 2;
    internal const int ErrnoInterrupted = 4;
    internal const int ErrnoAccess = 13;
    internal const int ErrnoTooManyInSystem = 23;
    internal const int ErrnoTooManyInProcess = 24;
    internal const int ErrnoNoSpace = 28;
    internal const int ErrnoReadOnly = 30;
    internal const int ErrnoQuota = 122;

    internal const int OpenReadOnly = 0;
    internal const int OpenDirectory = 0x10000;
    internal const int OpenCloseOnExec = 0x80000;
    internal const int AllocateKeepSize = 1;
    internal const int LockSet = 6;
    internal const short LockExclusive = 1;

    [LibraryImport("libc", EntryPoint = "pwrite")]
    internal static partial nint WriteAt(SafeFileHandle file, byte* bytes, nint count, long at);

    [LibraryImport("libc", EntryPoint = "pread")]
    internal static partial nint ReadAt(SafeFileHandle file, byte* bytes, nint count, long at);

    [LibraryImport("libc", EntryPoint = "fdatasync")]
    internal static partial int SyncData(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fsync")]
    internal static partial int SyncAll(int descriptor);

    [LibraryImport("libc", EntryPoint = "ftruncate")]
    internal static partial int Truncate(SafeFileHandle file, long length);

    [LibraryImport("libc", EntryPoint = "fallocate")]
    internal static partial int Allocate(SafeFileHandle file, int mode, long at, long length);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close")]
    internal static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "rename", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Rename(string from, string to);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    internal static partial int Lock(SafeFileHandle file, int command, RecordLock* recordLock);

    internal static IoError LastError() => Classify(Marshal.GetLastSystemError());

    internal static IoError Classify(int errno) => errno switch
    {
        ErrnoNoSpace or ErrnoQuota => IoError.NoSpace,
        ErrnoNotFound => IoError.NotFound,
        ErrnoTooManyInProcess or ErrnoTooManyInSystem => IoError.TooManyOpenFiles,
        ErrnoNotPermitted or ErrnoAccess or ErrnoReadOnly => IoError.NotAllowed,
        _ => IoError.Device,
    };

    /// <summary>struct flock of 64-bit Linux.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct RecordLock
    {
        internal short Type;
        internal short Whence;
        internal long Start;
        internal long Length;
        internal int ProcessId;
    }
}
