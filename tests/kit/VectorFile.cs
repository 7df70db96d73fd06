using System.IO.Compression;
using System.Text.Json.Nodes;

namespace Teralog.TestKit;

/// <summary>Vector files of the shared folder: one JSON object a line, plain or gzipped.</summary>
public static class VectorFile
{
    /// <summary>All lines; empty where the folder is absent, so that callers check a count or ask
    /// <see cref="SharedFolder.Find"/> first and skip.</summary>
    public static IEnumerable<JsonObject> Lines(string name)
    {
        string? path = SharedFolder.Find("protocol", "vectors", name);
        return path is null ? [] : LinesOf(path);
    }

    /// <summary>All lines of a file at a path, gzipped where its name says so.</summary>
    public static IEnumerable<JsonObject> LinesOf(string path)
    {
        using var file = File.OpenRead(path);
        using Stream plain = path.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(file, CompressionMode.Decompress)
            : file;
        using var reader = new StreamReader(plain);
        while (reader.ReadLine() is { } line)
            yield return JsonNode.Parse(line)!.AsObject();
    }
}
