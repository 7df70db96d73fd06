using Teralog.Records.Wire;

namespace Teralog.Protocol.Kafka.Tests;

/// <summary>Frames with any header and any body.</summary>
internal static class RawFrames
{
    public static byte[] Of(
        short key, short version, byte[] clientId, bool flexible, byte[] body)
    {
        var writer = new WireWriter(new byte[256]);
        var frame = writer.BeginFrame();
        writer.WriteInt16(key);
        writer.WriteInt16(version);
        writer.WriteInt32(7);
        writer.WriteInt16((short)clientId.Length);
        writer.WriteRaw(clientId);
        if (flexible)
            writer.WriteUnsignedVarint(0);
        writer.WriteRaw(body);
        writer.EndFrame(frame);
        return writer.Written.ToArray();
    }
}
