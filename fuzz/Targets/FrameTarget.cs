using System.Buffers.Binary;
using System.Text;
using Teralog.Protocol.Kafka;
using Teralog.Protocol.Kafka.Messages;
using Teralog.Records.Wire;

namespace Teralog.Fuzz.Targets;

/// <summary>
/// A whole frame: size, header, and the body that the header's key and version name. A header
/// that names nothing known, or a size that is not the frame's, ends it.
/// </summary>
internal sealed class FrameTarget : IFuzzTarget
{
    private const short FlexibleHeader = 2;

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
        var header = KafkaMessages.Make(typeof(RequestHeader), random);
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
        if (reader.Failed || size < Limits.RequestHeaderBytesMin || size > reader.Remaining)
            return;
        var request = RequestFrame.ReadFixed(frame.AsSpan(sizeof(int), size));
        if (!KafkaMessages.Requests.TryGetValue(request.Key, out var type)
            || request.Version < KafkaMessages.Fact(type, "VersionMin")
            || request.Version > KafkaMessages.Fact(type, "VersionMax"))
            return;
        var headerVersion = KafkaMessages.HeaderVersion(type, request.Version);
        var isRead = RequestFrame.TryReadRest(ref request, headerVersion == FlexibleHeader);
        CheckHeader(request, headerVersion, isRead);
        if (isRead)
            BodyTarget.Try(type, request.Bytes[request.BodyStart..].ToArray(), request.Version);
    }

    // The frontend reads the header by hand; the generated class must say the same.
    private static void CheckHeader(in RequestFrame request, short headerVersion, bool isRead)
    {
        var reader = new WireReader(request.Bytes);
        var header = new RequestHeader();
        header.Read(ref reader, headerVersion);
        Check.That(reader.Failed != isRead, "header: only one reader accepts it");
        if (!isRead)
            return;
        Check.That(reader.Position == request.BodyStart, "header: another end");
        Check.That(header.CorrelationId == request.CorrelationId, "header: another id");
        Check.That(Encoding.UTF8.GetString(request.ClientId) == (header.ClientId ?? ""),
            "header: another client id");
    }
}
