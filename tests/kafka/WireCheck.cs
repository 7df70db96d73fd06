using System.Text.Json.Nodes;
using Teralog.Records.Wire;

namespace Teralog.Protocol.Kafka.Tests;

/// <summary>Bytes to an object and back, through what the generator made.</summary>
internal static class WireCheck
{
    /// <summary>The generated class of a request, response, header or datum.</summary>
    public static Type Message(string name) =>
        typeof(Messages.RequestHeader).Assembly.GetType(
            $"{typeof(Messages.RequestHeader).Namespace}.{name}", throwOnError: true)!;

    /// <summary>Reads a fresh object; says whether that failed and what was left over.</summary>
    public static IWireStruct Read(
        Type type, ReadOnlySpan<byte> bytes, short version, out bool failed, out int left)
    {
        var reader = new WireReader(bytes);
        var made = (IWireStruct)Activator.CreateInstance(type)!;
        made.Read(ref reader, version);
        failed = reader.Failed;
        left = reader.Remaining;
        return made;
    }

    public static byte[] Write(IWireStruct value, short version)
    {
        var writer = new WireWriter(stackalloc byte[64]);
        value.Write(ref writer, version);
        var bytes = writer.Written.ToArray();
        writer.Dispose();
        return bytes;
    }

    /// <summary>
    /// Reads the bytes whole, compares with the JSON, and, unless there are tags that only the
    /// bytes know, writes both the object and the JSON to the same bytes.
    /// </summary>
    public static void AssertVector(
        Type type, byte[] bytes, short version, JsonObject json, bool writeBack, string where)
    {
        var read = Read(type, bytes, version, out var failed, out var left);
        Assert.False(failed, $"{where}: failed");
        Assert.True(left == 0, $"{where}: {left} bytes left");
        MessageJson.AssertSame(json, read, where);
        if (!writeBack)
            return;
        Assert.True(bytes.AsSpan().SequenceEqual(Write(read, version)), $"{where}: read, written");
        var made = MessageJson.Make(type, json);
        Assert.True(bytes.AsSpan().SequenceEqual(Write(made, version)), $"{where}: made, written");
    }
}
