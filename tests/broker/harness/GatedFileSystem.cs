using Microsoft.Win32.SafeHandles;
using Teralog.Storage;

namespace Teralog.Broker.Tests;

/// <summary>The real disk, with syncs of segments that can be held back or made to fail.</summary>
internal sealed class GatedFileSystem : IFileSystem
{
    private readonly LinuxFileSystem disk = new();
    private readonly ManualResetEventSlim gate = new(true);
    private volatile bool fails;
    private volatile bool isFull;
    private int syncs;

    public int Syncs => Volatile.Read(ref syncs);

    public void HoldSyncs() => gate.Reset();

    public void LetSyncsGo() => gate.Set();

    public void FailSyncs() => fails = true;

    public void Fill(bool full) => isFull = full;

    public IFile Open(string path, FileOpenMode mode)
    {
        IFile file = disk.Open(path, mode);
        return path.EndsWith(".log", StringComparison.Ordinal) ? new GatedFile(file, this) : file;
    }

    public bool FileExists(string path) => disk.FileExists(path);

    public bool DirectoryExists(string path) => disk.DirectoryExists(path);

    public void CreateDirectory(string path) => disk.CreateDirectory(path);

    public void Rename(string from, string to) => disk.Rename(from, to);

    public void Delete(string path) => disk.Delete(path);

    public void DeleteDirectory(string path) => disk.DeleteDirectory(path);

    public IReadOnlyList<string> List(string directory) => disk.List(directory);

    public void SyncDirectory(string path) => disk.SyncDirectory(path);

    public long LastWriteTimeMs(string path) => disk.LastWriteTimeMs(path);

    public IDisposable Lock(string path) => disk.Lock(path);

    private sealed class GatedFile(IFile file, GatedFileSystem owner) : IFile
    {
        public SafeFileHandle? Handle => file.Handle;

        public long LengthBytes => file.LengthBytes;

        public IoError Write(ReadOnlySpan<byte> bytes, long position) =>
            owner.isFull ? IoError.NoSpace : file.Write(bytes, position);

        public IoError Read(Span<byte> buffer, long position, out int bytesRead) =>
            file.Read(buffer, position, out bytesRead);

        public IoError Truncate(long lengthBytes) => file.Truncate(lengthBytes);

        public IoError Allocate(long lengthBytes) => file.Allocate(lengthBytes);

        public IoError Sync()
        {
            owner.gate.Wait();
            Interlocked.Increment(ref owner.syncs);
            return owner.fails ? IoError.Device : file.Sync();
        }

        public void Dispose() => file.Dispose();
    }
}
