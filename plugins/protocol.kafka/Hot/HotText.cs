using Teralog.Records.Wire;

namespace Teralog.Protocol.Kafka;

/// <summary>Strings that are bytes of UTF-8 already.</summary>
internal static class HotText
{
    public static void Write(ref WireWriter writer, ReadOnlySpan<byte> utf8, bool compact)
    {
        if (compact)
            writer.WriteUnsignedVarint((uint)(utf8.Length + 1));
        else
            writer.WriteInt16((short)utf8.Length);
        writer.WriteRaw(utf8);
    }
}
