using Microsoft.Win32.SafeHandles;
using Teralog.Storage;

namespace Teralog.TestKit;

/// <summary>An open file of the simulated disk; useless after a crash.</summary>
internal sealed class SimulatedFile(SimulatedFileSystem disk, SimulatedNode node, int life)
    : IFile
{
    private bool _isClosed;

    public SafeFileHandle? Handle => null;

    public long LengthBytes => disk.Locked(() => node.Current.LongLength);

    public IoError Write(ReadOnlySpan<byte> bytes, long position)
    {
        byte[] copy = bytes.ToArray();
        return Run(() => node.Write(copy, position), failed =>
        {
            if (failed == IoError.NoSpace)
                node.Write(copy.AsSpan(0, disk.Random.Next(copy.Length)), position);
        });
    }

    public IoError Read(Span<byte> buffer, long position, out int bytesRead)
    {
        byte[] content = disk.Locked(() => node.Current);
        bytesRead = (int)Math.Clamp(content.Length - position, 0, buffer.Length);
        content.AsSpan((int)Math.Min(position, content.Length), bytesRead).CopyTo(buffer);
        return IsUsable ? IoError.None : IoError.Device;
    }

    public IoError Truncate(long lengthBytes) => Run(() => node.Truncate(lengthBytes), _ => { });

    public IoError Allocate(long lengthBytes) => Run(() => { }, _ => { });

    public IoError Sync() => Run(node.Sync, _ => node.LosePending());

    public void Dispose()
    {
        if (_isClosed)
            return;

        _isClosed = true;
        disk.NoteClosed(life);
    }

    private bool IsUsable => !_isClosed && life == disk.Life;

    private IoError Run(Action work, Action<IoError> fail) => disk.Locked(() =>
    {
        if (!IsUsable)
            return IoError.Device;

        IoError error = disk.NextFault();
        if (error == IoError.None)
            work();
        else
            fail(error);
        return error;
    });
}
