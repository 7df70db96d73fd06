using System.Buffers.Binary;
using Teralog.Records.Wire;

namespace Teralog.Fuzz.Targets;

/// <summary>
/// A whole frame: size, header, and the body that the header's key and version name. A header
/// that names nothing known, or a size that is not the frame's, ends it.
/// </summary>
internal sealed class FrameTarget : IFuzzTarget
{
    private const int HeaderBytesMin = 4;

    private static readonly short[] Keys = [.. KafkaMessages.Requests.Keys];

    /// <inheritdoc/>
    public string Name => "frame";

    /// <inheritdoc/>
    public int SmokeIterations => 10_000;

    /// <inheritdoc/>
    public void Run(Random random)
    {
        var key = Keys[random.Next(Keys.Length)];
        var type = KafkaMessages.Requests[key];
        var version = (short)random.Next(
            KafkaMessages.Fact(type, "VersionMin"), KafkaMessages.Fact(type, "VersionMax") + 1);
        Try(Mutation.Of(Frame(type, key, version, random), random));
    }

    private static byte[] Frame(Type type, short key, short version, Random random)
    {
        var header = KafkaMessages.Make(KafkaMessages.RequestHeader, random);
        var headerBytes = KafkaMessages.Write(header, KafkaMessages.HeaderVersion(type, version));
        BinaryPrimitives.WriteInt16BigEndian(headerBytes, key);
        BinaryPrimitives.WriteInt16BigEndian(headerBytes.AsSpan(sizeof(short)), version);
        var body = KafkaMessages.Write(KafkaMessages.Make(type, random), version);
        var size = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(size, headerBytes.Length + body.Length);
        return [.. size, .. headerBytes, .. body];
    }

    private static void Try(byte[] frame)
    {
        var reader = new WireReader(frame);
        var size = reader.ReadInt32();
        if (reader.Failed || size < HeaderBytesMin || size > reader.Remaining)
            return;
        var peek = new WireReader(frame.AsSpan(sizeof(int), size));
        var (key, version) = (peek.ReadInt16(), peek.ReadInt16());
        if (!KafkaMessages.Requests.TryGetValue(key, out var type)
            || version < KafkaMessages.Fact(type, "VersionMin")
            || version > KafkaMessages.Fact(type, "VersionMax"))
            return;
        var content = new WireReader(frame.AsSpan(sizeof(int), size));
        var header = (IWireStruct)Activator.CreateInstance(KafkaMessages.RequestHeader)!;
        header.Read(ref content, KafkaMessages.HeaderVersion(type, version));
        Check.That(content.Position <= size, "read past the frame");
        if (!content.Failed)
            BodyTarget.Try(type, content.ReadRaw(content.Remaining).ToArray(), version);
    }
}
