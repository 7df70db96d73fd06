using Teralog.Storage;

namespace Teralog.Metadata.Tests;

/// <summary>Content as written and as synced.</summary>
internal sealed class MemoryFile
{
    public byte[] Written { get; set; } = [];

    public byte[] Synced { get; set; } = [];

    public IFile Open(MemoryDisk disk) => new Handle(this, disk);

    /// <summary>Synced, written, a prefix of what was written, or with a hole of zeros in what was
    /// not synced.</summary>
    public byte[] AfterCut(Random random)
    {
        var from = Synced.AsSpan().CommonPrefixLength(Written);
        switch (random.Next(4))
        {
            case 0:
                return Synced;
            case 1:
                return Written;
            case 2:
                return Written[..random.Next(from, Written.Length + 1)];
            default:
                var torn = (byte[])Written.Clone();
                var at = random.Next(from, torn.Length + 1);
                torn.AsSpan(at, random.Next(0, torn.Length - at + 1)).Clear();
                return torn;
        }
    }

    private sealed class Handle(MemoryFile file, MemoryDisk disk) : IFile
    {
        Microsoft.Win32.SafeHandles.SafeFileHandle? IFile.Handle => null;

        public long LengthBytes => file.Written.Length;

        public IoError Write(ReadOnlySpan<byte> bytes, long position)
        {
            var content = new byte[Math.Max(file.Written.Length, position + bytes.Length)];
            file.Written.CopyTo(content, 0);
            bytes.CopyTo(content.AsSpan((int)position));
            return disk.Change(file, content);
        }

        public IoError Read(Span<byte> buffer, long position, out int bytesRead)
        {
            var source = file.Written.AsSpan((int)position);
            bytesRead = Math.Min(source.Length, buffer.Length);
            source[..bytesRead].CopyTo(buffer);
            return IoError.None;
        }

        public IoError Truncate(long lengthBytes)
        {
            var content = new byte[lengthBytes];
            file.Written.AsSpan(0, (int)Math.Min(lengthBytes, file.Written.Length))
                .CopyTo(content);
            return disk.Change(file, content);
        }

        public IoError Allocate(long lengthBytes) => IoError.None;

        public IoError Sync() => disk.Change(file, () => file.Synced = file.Written);

        public void Dispose()
        {
        }
    }
}
