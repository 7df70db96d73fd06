using Teralog.Storage;

namespace Teralog.TestKit;

/// <summary>
/// A disk in memory that is as bad as a disk may be: what was not synced is lost or torn when the
/// power goes, names that were not synced with their folder go back, and any call can be made to
/// fail. The same seed and the same calls give the same bytes.
/// </summary>
public sealed class SimulatedFileSystem : IFileSystem
{
    private readonly Lock _lock = new();
    private readonly HashSet<string> _locks = new(StringComparer.Ordinal);
    private readonly HashSet<string> _folders = new(StringComparer.Ordinal);
    private readonly List<Action<SortedDictionary<string, SimulatedNode>>> _none = [];
    private readonly Dictionary<string, List<Action<SortedDictionary<string, SimulatedNode>>>>
        _pendingNames = new(StringComparer.Ordinal);

    private SortedDictionary<string, SimulatedNode> _files = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, SimulatedNode> _durableFiles =
        new(StringComparer.Ordinal);
    private long _faultAt = long.MaxValue;
    private IoError _fault;
    private bool _isFaultLasting;

    /// <summary>An empty disk.</summary>
    /// <param name="seed">Decides what a power loss takes.</param>
    public SimulatedFileSystem(int seed) => Random = new Random(seed);

    /// <summary>Calls so far that can be made to fail: all but reads and questions.</summary>
    public long CallCount { get; private set; }

    /// <summary>Files that are open.</summary>
    public int OpenFiles { get; private set; }

    internal Random Random { get; }

    /// <summary>Counts crashes; files of an earlier life are useless.</summary>
    internal int Life { get; private set; }

    /// <summary>Makes the n-th call from now fail, and all after it if it lasts.</summary>
    /// <param name="callsFromNow">1 is the next one.</param>
    /// <param name="error">What it fails with.</param>
    /// <param name="isLasting">Whether it goes on failing until <see cref="Heal"/>.</param>
    public void FailAt(long callsFromNow, IoError error, bool isLasting = false)
    {
        _faultAt = CallCount + callsFromNow;
        _fault = error;
        _isFaultLasting = isLasting;
    }

    /// <summary>No call fails any more.</summary>
    public void Heal() => _faultAt = long.MaxValue;

    /// <summary>The process dies; the system and all that it has written live on.</summary>
    public void Kill() => Locked(() =>
    {
        Life++;
        OpenFiles = 0;
        _locks.Clear();
        Heal();
        return true;
    });

    /// <summary>The power goes: what was not synced is kept, torn or lost, by the seed.</summary>
    public void LosePower() => Locked(() =>
    {
        foreach (List<Action<SortedDictionary<string, SimulatedNode>>> changes
            in _pendingNames.Values)
        {
            foreach (Action<SortedDictionary<string, SimulatedNode>> change
                in changes.Take(Random.Next(changes.Count + 1)))
                change(_durableFiles);
        }

        _pendingNames.Clear();
        _files = new(_durableFiles, StringComparer.Ordinal);
        foreach (SimulatedNode node in _files.Values.Distinct())
            node.LosePower(Random);
        Kill();
        return true;
    });

    /// <summary>All content of a file as processes see it; null where there is none.</summary>
    public byte[]? Content(string path) => Locked(() =>
        _files.TryGetValue(path, out SimulatedNode? node) ? node.Current.ToArray() : null);

    /// <summary>Replaces a file durably, as damage would.</summary>
    public void SetContent(string path, byte[] content) => Locked(() =>
    {
        var node = new SimulatedNode();
        node.Write(content, 0);
        node.Sync();
        _files[path] = node;
        _durableFiles[path] = node;
        return true;
    });

    /// <inheritdoc/>
    public IFile Open(string path, FileOpenMode mode) => Locked<IFile>(() =>
    {
        ThrowIfFaulty(path);
        if (!_files.TryGetValue(path, out SimulatedNode? node))
        {
            if (mode == FileOpenMode.Read)
                throw new StorageException(path, IoError.NotFound);

            SimulatedNode created = node = new SimulatedNode();
            ChangeNames(path, files => files[path] = created);
        }

        if (mode == FileOpenMode.Create)
            node.Truncate(0);
        OpenFiles++;
        return new SimulatedFile(this, node, Life);
    });

    /// <inheritdoc/>
    public bool FileExists(string path) => Locked(() => _files.ContainsKey(path));

    /// <inheritdoc/>
    public bool DirectoryExists(string path) => Locked(() => _folders.Contains(path));

    /// <inheritdoc/>
    public void CreateDirectory(string path) => Locked(() => _folders.Add(path));

    /// <inheritdoc/>
    public void Rename(string from, string to) => Locked(() =>
    {
        ThrowIfFaulty(from);
        if (_folders.Remove(from))
        {
            _folders.Add(to);
            foreach (string name in Below(from))
                MoveFile(name, to + name[from.Length..]);
            return true;
        }

        if (!_files.ContainsKey(from))
            throw new StorageException(from, IoError.NotFound);

        MoveFile(from, to);
        return true;
    });

    /// <inheritdoc/>
    public void Delete(string path) => Locked(() =>
    {
        ThrowIfFaulty(path);
        if (_files.ContainsKey(path))
            ChangeNames(path, files => files.Remove(path));
        return true;
    });

    /// <inheritdoc/>
    public void DeleteDirectory(string path) => Locked(() =>
    {
        ThrowIfFaulty(path);
        foreach (string name in Below(path))
            ChangeNames(path, files => files.Remove(name));
        return _folders.Remove(path);
    });

    /// <inheritdoc/>
    public IReadOnlyList<string> List(string directory) => Locked(() => (string[])
    [
        .. _files.Keys.Concat(_folders)
            .Where(path => Path.GetDirectoryName(path) == directory)
            .Select(path => Path.GetFileName(path)!)
            .Order(StringComparer.Ordinal),
    ]);

    /// <inheritdoc/>
    public void SyncDirectory(string path) => Locked(() =>
    {
        ThrowIfFaulty(path);
        foreach (Action<SortedDictionary<string, SimulatedNode>> change
            in _pendingNames.GetValueOrDefault(path, _none))
            change(_durableFiles);
        return _pendingNames.Remove(path);
    });

    /// <inheritdoc/>
    public long LastWriteTimeMs(string path) => 0;

    /// <inheritdoc/>
    public IDisposable Lock(string path) => Locked<IDisposable>(() =>
    {
        if (!_locks.Add(path))
            throw new StorageException($"{path} is locked", IoError.Device);

        return new Unlock(this, path, Life);
    });

    internal T Locked<T>(Func<T> work)
    {
        lock (_lock)
            return work();
    }

    internal IoError NextFault()
    {
        CallCount++;
        bool isFaulty = _isFaultLasting ? CallCount >= _faultAt : CallCount == _faultAt;
        return isFaulty ? _fault : IoError.None;
    }

    internal void NoteClosed(int life) => Locked(() => life == Life ? OpenFiles-- : 0);

    private void ThrowIfFaulty(string path)
    {
        IoError error = NextFault();
        if (error != IoError.None)
            throw new StorageException($"{path}: injected ({error})", error);
    }

    private string[] Below(string folder) =>
        [.. _files.Keys.Where(path => path.StartsWith(folder + "/", StringComparison.Ordinal))];

    private void MoveFile(string from, string to)
    {
        SimulatedNode node = _files[from];
        ChangeNames(from, files =>
        {
            files.Remove(from);
            files[to] = node;
        });
    }

    private void ChangeNames(
        string path, Action<SortedDictionary<string, SimulatedNode>> change)
    {
        string folder = Path.GetDirectoryName(path)!;
        if (!_pendingNames.TryGetValue(folder, out var changes))
            _pendingNames.Add(folder, changes = []);
        changes.Add(change);
        change(_files);
    }

    private sealed class Unlock(SimulatedFileSystem disk, string path, int life) : IDisposable
    {
        public void Dispose() => disk.Locked(() => life == disk.Life && disk._locks.Remove(path));
    }
}
