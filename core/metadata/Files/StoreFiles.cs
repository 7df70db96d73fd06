using System.Globalization;
using Teralog.Storage;

namespace Teralog.Metadata;

/// <summary>Names and durable replacement of the files of one store's folder.</summary>
internal sealed class StoreFiles(IFileSystem fileSystem, string folder)
{
    private const string JournalPrefix = "journal.";
    private const string SnapshotPrefix = "snapshot.";
    private const string TemporarySuffix = ".tmp";

    public string JournalPath(long baseRevision) => PathOf(JournalPrefix, baseRevision);

    public string SnapshotPath(long baseRevision) => PathOf(SnapshotPrefix, baseRevision);

    /// <summary>Base revisions of the journals (or snapshots) there are, ascending.</summary>
    public List<long> Journals() => Revisions(JournalPrefix);

    public List<long> Snapshots() => Revisions(SnapshotPrefix);

    public IFile Open(string path) => fileSystem.Open(path, FileOpenMode.ReadWrite);

    public byte[] ReadAll(string path)
    {
        using var file = fileSystem.Open(path, FileOpenMode.Read);
        if (file.LengthBytes > Limits.FileBytesMax)
            throw new MetadataOpenException($"The metadata file {path} has {file.LengthBytes} "
                + "bytes, more than this broker ever writes: put it back from a backup.");
        var bytes = new byte[file.LengthBytes];
        var error = file.Read(bytes, 0, out var read);
        return error == IoError.None && read == bytes.Length
            ? bytes
            : throw new MetadataOpenException($"The metadata file {path} cannot be read: {error}.");
    }

    /// <summary>The file is whole under its name, durably, or an error says that it may not be.
    /// </summary>
    public IoError Replace(string path, ReadOnlySpan<byte> header, ReadOnlySpan<byte> body)
    {
        try
        {
            var temporary = path + TemporarySuffix;
            using (var file = fileSystem.Open(temporary, FileOpenMode.Create))
            {
                var error = file.Write(header, 0);
                if (error == IoError.None && !body.IsEmpty)
                    error = file.Write(body, header.Length);
                if (error == IoError.None)
                    error = file.Sync();
                if (error != IoError.None)
                    return error;
            }

            fileSystem.Rename(temporary, path);
            fileSystem.SyncDirectory(folder);
            return IoError.None;
        }
        catch (StorageException exception)
        {
            return exception.Error;
        }
    }

    /// <summary>Removes every file but those of this base. A file that stays is only waste: the
    /// next open removes it.</summary>
    public void RemoveAllBut(long baseRevision)
    {
        var keep = new[] { JournalPath(baseRevision), SnapshotPath(baseRevision) };
        try
        {
            foreach (var name in fileSystem.List(folder).Where(IsOurs))
            {
                var path = Path.Combine(folder, name);
                if (!keep.Contains(path, StringComparer.Ordinal))
                    fileSystem.Delete(path);
            }
        }
        catch (StorageException)
        {
            // Nothing depends on it.
        }
    }

    private static bool IsOurs(string name) =>
        name.StartsWith(JournalPrefix, StringComparison.Ordinal)
        || name.StartsWith(SnapshotPrefix, StringComparison.Ordinal);

    private string PathOf(string prefix, long baseRevision) => Path.Combine(
        folder, prefix + baseRevision.ToString("D20", CultureInfo.InvariantCulture));

    private List<long> Revisions(string prefix) => fileSystem.List(folder)
        .Where(name => name.StartsWith(prefix, StringComparison.Ordinal)
            && name.Length == prefix.Length + 20)
        .Select(name => long.TryParse(
            name.AsSpan(prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture,
            out var revision) ? revision : -1)
        .Where(revision => revision >= 0).Order().ToList();
}
