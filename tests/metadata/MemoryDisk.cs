using Teralog.Storage;

namespace Teralog.Metadata.Tests;

/// <summary>
/// A disk in memory that knows what is durable. At a chosen step it takes the image that a power
/// cut would leave: each name and each file as synced, as written, or torn, by the seed. The store
/// runs on; the test opens the image.
/// </summary>
internal sealed class MemoryDisk(int seed = 1) : IFileSystem
{
    private readonly Lock _lock = new();
    private readonly Random _random = new(seed);
    private readonly SortedDictionary<string, MemoryFile> _names = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, MemoryFile> _durable = new(StringComparer.Ordinal);

    public int Steps { get; private set; }

    public int CrashAtStep { get; init; } = -1;

    public int FailAtStep { get; init; } = -1;

    public IoError FailWith { get; init; } = IoError.Device;

    public MemoryDisk? Image { get; private set; }

    public IReadOnlyCollection<string> Names => _names.Keys;

    public IFile Open(string path, FileOpenMode mode)
    {
        lock (_lock)
        {
            if (mode == FileOpenMode.Read)
                return _names[path].Open(this);
            Step();
            if (mode == FileOpenMode.Create || !_names.ContainsKey(path))
                _names[path] = new MemoryFile();
            return _names[path].Open(this);
        }
    }

    public bool FileExists(string path) => _names.ContainsKey(path);

    public bool DirectoryExists(string path) => true;

    public void CreateDirectory(string path)
    {
    }

    public void Rename(string from, string to) => Change(() =>
    {
        _names[to] = _names[from];
        _names.Remove(from);
    });

    public void Delete(string path) => Change(() => _names.Remove(path));

    public void DeleteDirectory(string path) => throw new NotSupportedException();

    public IDisposable Lock(string path) => throw new NotSupportedException();

    public IReadOnlyList<string> List(string directory)
    {
        lock (_lock)
            return _names.Keys.Select(path => Path.GetFileName(path)).ToList();
    }

    public void SyncDirectory(string path) => Change(() =>
    {
        _durable.Clear();
        foreach (var (name, file) in _names)
            _durable[name] = file;
    });

    public long LastWriteTimeMs(string path) => 0;

    public byte[] Content(string path) => _names[path].Written;

    public void Put(string path, byte[] content)
    {
        var file = new MemoryFile { Written = content, Synced = content };
        _names[path] = file;
        _durable[path] = file;
    }

    internal IoError Change(MemoryFile file, byte[] content) => Change(file, () =>
        file.Written = content);

    internal IoError Change(MemoryFile file, Action change)
    {
        lock (_lock)
        {
            var before = file.Written;
            if (Steps + 1 == CrashAtStep)
            {
                change();
                Step();
                return IoError.None;
            }

            if (Steps + 1 == FailAtStep)
            {
                change();
                file.Written = before;
                Steps++;
                return FailWith;
            }

            Step();
            change();
            return IoError.None;
        }
    }

    private void Change(Action change)
    {
        lock (_lock)
        {
            Step();
            if (Steps == FailAtStep)
                throw new StorageException("injected", FailWith);
            change();
        }
    }

    private void Step()
    {
        if (++Steps != CrashAtStep)
            return;
        Image = new MemoryDisk(seed);
        foreach (var name in _names.Keys.Union(_durable.Keys).ToList())
        {
            var written = _names.GetValueOrDefault(name);
            var synced = _durable.GetValueOrDefault(name);
            var file = written == synced || _random.Next(2) == 0 ? written : synced;
            if (file is not null)
                Image.Put(name, file.AfterCut(_random));
        }
    }
}
