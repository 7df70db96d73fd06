using System.Text.Json.Nodes;
using Teralog.TestKit;

namespace Teralog.Protocol.Kafka.Tests;

/// <summary>Lines of a vector file in the shared folder, as JSON.</summary>
internal static class Vectors
{
    public static IEnumerable<JsonObject> Read(string name)
    {
        if (SharedFolder.Find("protocol", "vectors", name) is null)
            Assert.Skip($"no shared folder with protocol/vectors/{name}");
        return VectorFile.Lines(name);
    }

    public static string Text(this JsonObject vector, string name) => (string)vector[name]!;

    public static short Int16(this JsonObject vector, string name) => (short)vector[name]!;

    public static byte[] Hex(this JsonObject vector, string name) =>
        Convert.FromHexString(vector.Text(name));
}
