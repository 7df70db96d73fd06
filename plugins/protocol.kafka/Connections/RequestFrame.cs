using Teralog.Records.Wire;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// The head of a request, read in place. The client id stays where it is: bytes that need not be
/// UTF-8, empty for null.
/// </summary>
internal readonly ref struct RequestFrame
{
    private RequestFrame(Span<byte> bytes, short key, short version, int correlationId)
    {
        Bytes = bytes;
        Key = key;
        Version = version;
        CorrelationId = correlationId;
    }

    /// <summary>The whole frame without its length prefix.</summary>
    public Span<byte> Bytes { get; }

    public short Key { get; }

    public short Version { get; }

    public int CorrelationId { get; }

    public ReadOnlySpan<byte> ClientId { get; private init; }

    /// <summary>Index of the body's first byte in <see cref="Bytes"/>.</summary>
    public int BodyStart { get; private init; }

    /// <summary>The fixed part only, which tells how the rest of the header is read.</summary>
    public static RequestFrame ReadFixed(Span<byte> bytes)
    {
        var reader = new WireReader(bytes);
        return new(bytes, reader.ReadInt16(), reader.ReadInt16(), reader.ReadInt32());
    }

    /// <summary>Reads on to the body. False: the header is malformed.</summary>
    public static bool TryReadRest(ref RequestFrame frame, bool flexible)
    {
        var reader = new WireReader(frame.Bytes);
        _ = reader.ReadRaw(Limits.RequestHeaderBytesMin);
        _ = reader.ReadStringSlice(compact: false, out var clientId);
        if (flexible)
            reader.SkipTags();
        frame = new(frame.Bytes, frame.Key, frame.Version, frame.CorrelationId)
        {
            ClientId = clientId,
            BodyStart = reader.Position,
        };
        return !reader.Failed;
    }
}
