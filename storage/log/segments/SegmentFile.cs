using Microsoft.Win32.SafeHandles;
using Teralog.Records;

namespace Teralog.Storage;

/// <summary>
/// The file of one segment with a count of its leases. It is open while it is leased; without a
/// lease it waits in the directory's <see cref="HandleCache"/>, which closes the longest idle. A
/// retired file (renamed, deleted) is closed by its last lease. Each Dispose ends one lease.
/// </summary>
internal sealed class SegmentFile(IFileSystem fileSystem, HandleCache cache, string path)
    : IDisposable
{
    private readonly Lock _lock = new();
    private IFile? _file;
    private int _leases;
    private bool _isRetired;

    internal LinkedListNode<SegmentFile>? IdleNode { get; set; }

    internal string Path { get; private set; } = path;

    internal SafeFileHandle? Handle => _file?.Handle;

    /// <summary>The open file; only for those who hold a lease.</summary>
    internal IFile File
    {
        get
        {
            IFile? file = _file;
            Invariant.That(file is not null);
            return file;
        }
    }

    public void Dispose()
    {
        bool isIdle;
        lock (_lock)
        {
            Invariant.That(_leases > 0);
            isIdle = --_leases == 0;
            if (isIdle && _isRetired)
            {
                CloseFile();
                return;
            }
        }

        if (isIdle)
            cache.NoteIdle(this);
    }

    /// <summary>Takes a lease, opening the file if it is not open.</summary>
    internal IoError Acquire()
    {
        lock (_lock)
        {
            if (_file is null)
            {
                if (_isRetired)
                    return IoError.NotFound;

                IoError error = TryOpen();
                if (error != IoError.None)
                    return error;
            }

            _leases++;
            return IoError.None;
        }
    }

    internal IoError Read(Span<byte> buffer, long position, out int bytesRead) =>
        File.Read(buffer, position, out bytesRead);

    /// <summary>Renames the file and lets the last lease close it.</summary>
    internal void RetireAs(string newPath)
    {
        lock (_lock)
        {
            fileSystem.Rename(Path, newPath);
            Path = newPath;
        }

        Retire();
    }

    internal void Retire()
    {
        lock (_lock)
        {
            _isRetired = true;
            if (_leases == 0)
                CloseFile();
        }

        cache.Forget(this);
    }

    internal void CloseIfIdle()
    {
        lock (_lock)
        {
            if (_leases == 0)
                CloseFile();
        }
    }

    private IoError TryOpen()
    {
        try
        {
            _file = fileSystem.Open(Path, FileOpenMode.ReadWrite);
            return IoError.None;
        }
        catch (StorageException exception)
        {
            return exception.Error;
        }
    }

    private void CloseFile()
    {
        _file?.Dispose();
        _file = null;
    }
}
