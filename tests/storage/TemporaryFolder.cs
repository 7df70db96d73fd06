namespace Teralog.Storage.Tests;

/// <summary>A folder of the test's own, deleted with what it holds.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } =
        Directory.CreateTempSubdirectory("teralog-storage-").FullName;

    public string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Copies files of another folder into one below this.</summary>
    public string CopyOf(string source, string name)
    {
        string target = Directory.CreateDirectory(Combine(name)).FullName;
        foreach (string file in Directory.GetFiles(source))
            File.Copy(file, System.IO.Path.Combine(target, System.IO.Path.GetFileName(file)));

        return target;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
