namespace Teralog.Records.Wire;

/// <summary>Bounds of the wire format, as Kafka's own reader has them since 4.4.</summary>
public static class WireLimits
{
    /// <summary>Most elements of one array.</summary>
    public const int ArrayElementsMax = 1_000_000;

    /// <summary>
    /// Most elements of all arrays of one message together, so that a large frame of tiny
    /// elements cannot become many times its size in objects. Kafka has no such bound.
    /// </summary>
    public const int MessageElementsMax = 2_000_000;

    /// <summary>Most tagged fields of one struct.</summary>
    public const int TaggedFieldsMax = 10_000;

    /// <summary>Longest string in bytes of UTF-8.</summary>
    public const int StringBytesMax = short.MaxValue;

    /// <summary>Capacity that a list starts with, whatever count was claimed.</summary>
    internal const int ListCapacityStart = 16;
}
