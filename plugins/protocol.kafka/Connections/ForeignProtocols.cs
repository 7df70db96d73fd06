namespace Teralog.Protocol.Kafka;

/// <summary>What a client that does not speak Kafka sends first, read as a frame size: the log
/// line then says what the operator has to look at.</summary>
internal static class ForeignProtocols
{
    private const int Get = 0x47455420;
    private const int Post = 0x504f5354;
    private const int Head = 0x48454144;
    private const int TlsRecord = 0x1603;

    public static string Hint(int sizeBytes)
    {
        if (sizeBytes is Get or Post or Head)
            return ": the client speaks HTTP";
        return sizeBytes >> 16 == TlsRecord ? ": the client speaks TLS to a plain listener" : "";
    }
}
