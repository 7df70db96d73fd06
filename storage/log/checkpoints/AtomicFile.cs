namespace Teralog.Storage;

/// <summary>
/// Small files that are replaced as a whole: written beside, synced, renamed, and the folder
/// synced, so that after any crash the old or the new content is there (reliability.md §0.4).
/// </summary>
internal static class AtomicFile
{
    internal static void Write(IFileSystem fileSystem, string path, ReadOnlySpan<byte> content)
    {
        string temporary = path + ".tmp";
        using (IFile file = fileSystem.Open(temporary, FileOpenMode.Create))
        {
            IoError error = file.Write(content, 0);
            if (error == IoError.None)
                error = file.Sync();
            if (error != IoError.None)
                throw new StorageException($"{temporary}: write ({error})", error);
        }

        fileSystem.Rename(temporary, path);
        fileSystem.SyncDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>The whole content; null where there is no file.</summary>
    internal static byte[]? TryRead(IFileSystem fileSystem, string path)
    {
        if (!fileSystem.FileExists(path))
            return null;

        using IFile file = fileSystem.Open(path, FileOpenMode.Read);
        long length = file.LengthBytes;
        if (length > Limits.SmallFileSizeMaxBytes)
            throw new StorageException($"{path}: {length} bytes are too many for such a file");

        byte[] content = new byte[length];
        IoError error = file.Read(content, 0, out int bytesRead);
        if (error != IoError.None)
            throw new StorageException($"{path}: read ({error})", error);

        return bytesRead == length ? content : content[..bytesRead];
    }
}
