using Microsoft.Win32.SafeHandles;

namespace Teralog.Net.Tests;

/// <summary>A file with given bytes, deleted at the end.</summary>
internal sealed class TempFile : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public TempFile(byte[] bytes)
    {
        Bytes = bytes;
        File.WriteAllBytes(_path, bytes);
        Handle = File.OpenHandle(_path, share: FileShare.ReadWrite);
    }

    public byte[] Bytes { get; }

    public SafeFileHandle Handle { get; }

    public void Truncate(long bytes)
    {
        using var file = new FileStream(
            _path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.SetLength(bytes);
    }

    public void Dispose()
    {
        Handle.Dispose();
        File.Delete(_path);
    }
}
