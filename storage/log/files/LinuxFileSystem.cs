using Microsoft.Win32.SafeHandles;

namespace Teralog.Storage;

/// <summary>The real disk, by system calls of libc.</summary>
public sealed class LinuxFileSystem : IFileSystem
{
    /// <inheritdoc/>
    public IFile Open(string path, FileOpenMode mode)
    {
        (FileMode fileMode, FileAccess access) = mode switch
        {
            FileOpenMode.Read => (FileMode.Open, FileAccess.Read),
            FileOpenMode.ReadWrite => (FileMode.OpenOrCreate, FileAccess.ReadWrite),
            _ => (FileMode.Create, FileAccess.ReadWrite),
        };
        return Run(path, () => new LinuxFile(File.OpenHandle(
            path, fileMode, access, FileShare.ReadWrite | FileShare.Delete)));
    }

    /// <inheritdoc/>
    public bool FileExists(string path) => File.Exists(path);

    /// <inheritdoc/>
    public bool DirectoryExists(string path) => Directory.Exists(path);

    /// <inheritdoc/>
    public void CreateDirectory(string path) => Run(path, () => Directory.CreateDirectory(path));

    /// <inheritdoc/>
    public void Rename(string from, string to)
    {
        if (Libc.Rename(from, to) != 0)
            throw Failure("rename", from, Libc.LastError());
    }

    /// <inheritdoc/>
    public void Delete(string path) => Run(path, () =>
    {
        File.Delete(path);
        return true;
    });

    /// <inheritdoc/>
    public void DeleteDirectory(string path) => Run(path, () =>
    {
        Directory.Delete(path, recursive: true);
        return true;
    });

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string directory) => Run(directory, () =>
    {
        string[] names = Directory.GetFileSystemEntries(directory);
        for (int index = 0; index < names.Length; index++)
            names[index] = Path.GetFileName(names[index]);
        Array.Sort(names, StringComparer.Ordinal);
        return names;
    });

    /// <inheritdoc/>
    public void SyncDirectory(string path)
    {
        int descriptor = Libc.Open(
            path, Libc.OpenReadOnly | Libc.OpenDirectory | Libc.OpenCloseOnExec);
        if (descriptor < 0)
            throw Failure("open", path, Libc.LastError());

        int result = Libc.SyncAll(descriptor);
        IoError error = result == 0 ? IoError.None : Libc.LastError();
        _ = Libc.Close(descriptor);
        if (result != 0)
            throw Failure("sync", path, error);
    }

    /// <inheritdoc/>
    public long LastWriteTimeMs(string path) => Run(path, () =>
        new DateTimeOffset(File.GetLastWriteTimeUtc(path)).ToUnixTimeMilliseconds());

    /// <inheritdoc/>
    public unsafe IDisposable Lock(string path) => Run<IDisposable>(path, () =>
    {
        // flock keeps a second broker of ours away, the record lock one of Kafka's.
        SafeFileHandle handle = File.OpenHandle(
            path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        var recordLock = new Libc.RecordLock { Type = Libc.LockExclusive };
        if (Libc.Lock(handle, Libc.LockSet, &recordLock) == 0)
            return handle;

        handle.Dispose();
        throw new IOException("another process holds its lock");
    });

    private static T Run<T>(string path, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (UnauthorizedAccessException exception)
        {
            throw Failure(exception.Message, path, IoError.NotAllowed);
        }
        catch (Exception exception)
            when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Failure(exception.Message, path, IoError.NotFound);
        }
        catch (IOException exception) when (exception is not StorageException)
        {
            throw Failure(exception.Message, path, Libc.Classify(exception.HResult));
        }
    }

    private static StorageException Failure(string what, string path, IoError error) =>
        new($"{path}: {what} ({error})", error);
}
