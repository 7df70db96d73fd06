namespace Teralog.Storage;

/// <summary>
/// The seam between storage and a disk. Names become durable only by
/// <see cref="SyncDirectory"/>. All members throw <see cref="StorageException"/>.
/// </summary>
public interface IFileSystem
{
    /// <summary>Opens a file.</summary>
    IFile Open(string path, FileOpenMode mode);

    /// <summary>Whether there is a file of that name.</summary>
    bool FileExists(string path);

    /// <summary>Whether there is a folder of that name.</summary>
    bool DirectoryExists(string path);

    /// <summary>Makes a folder and those above it; one that is there is no error.</summary>
    void CreateDirectory(string path);

    /// <summary>Renames a file or folder; a file of the new name is replaced.</summary>
    void Rename(string from, string to);

    /// <summary>Deletes a file; one that is not there is no error.</summary>
    void Delete(string path);

    /// <summary>Deletes a folder with all that it holds.</summary>
    void DeleteDirectory(string path);

    /// <summary>The names in a folder, without their path, in ordinal order.</summary>
    IReadOnlyList<string> List(string directory);

    /// <summary>Makes creations, renames and deletions in a folder durable (fsync).</summary>
    void SyncDirectory(string path);

    /// <summary>When a file was last written, milliseconds since 1970.</summary>
    long LastWriteTimeMs(string path);

    /// <summary>
    /// Takes the lock that a file stands for, until what is returned is disposed.
    /// </summary>
    IDisposable Lock(string path);
}
