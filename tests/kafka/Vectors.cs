using System.IO.Compression;
using System.Text.Json.Nodes;
using Teralog.TestKit;

namespace Teralog.Protocol.Kafka.Tests;

/// <summary>Lines of a vector file in the shared folder, as JSON.</summary>
internal static class Vectors
{
    public static IEnumerable<JsonObject> Read(string name)
    {
        var path = SharedFolder.Find("protocol", "vectors", name);
        if (path is null)
            Assert.Skip($"no shared folder with protocol/vectors/{name}");
        return Lines(path);
    }

    private static IEnumerable<JsonObject> Lines(string path)
    {
        using var file = File.OpenRead(path);
        using Stream plain = path.EndsWith(".gz", StringComparison.Ordinal)
            ? new GZipStream(file, CompressionMode.Decompress)
            : file;
        using var reader = new StreamReader(plain);
        while (reader.ReadLine() is { } line)
            yield return JsonNode.Parse(line)!.AsObject();
    }

    public static string Text(this JsonObject vector, string name) => (string)vector[name]!;

    public static short Int16(this JsonObject vector, string name) => (short)vector[name]!;

    public static byte[] Hex(this JsonObject vector, string name) =>
        Convert.FromHexString(vector.Text(name));
}
