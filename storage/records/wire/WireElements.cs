namespace Teralog.Records.Wire;

/// <summary>The element forms that arrays of the messages have.</summary>
public static class WireElements
{
    /// <summary>One signed byte.</summary>
    public readonly struct Int8 : IWireElement<sbyte>
    {
        /// <inheritdoc/>
        public static int SizeMin => sizeof(sbyte);

        /// <inheritdoc/>
        public static sbyte Read(ref WireReader reader, bool compact) => reader.ReadInt8();

        /// <inheritdoc/>
        public static void Write(ref WireWriter writer, sbyte value, bool compact) =>
            writer.WriteInt8(value);
    }

    /// <summary>Two bytes.</summary>
    public readonly struct Int16 : IWireElement<short>
    {
        /// <inheritdoc/>
        public static int SizeMin => sizeof(short);

        /// <inheritdoc/>
        public static short Read(ref WireReader reader, bool compact) => reader.ReadInt16();

        /// <inheritdoc/>
        public static void Write(ref WireWriter writer, short value, bool compact) =>
            writer.WriteInt16(value);
    }

    /// <summary>Four bytes.</summary>
    public readonly struct Int32 : IWireElement<int>
    {
        /// <inheritdoc/>
        public static int SizeMin => sizeof(int);

        /// <inheritdoc/>
        public static int Read(ref WireReader reader, bool compact) => reader.ReadInt32();

        /// <inheritdoc/>
        public static void Write(ref WireWriter writer, int value, bool compact) =>
            writer.WriteInt32(value);
    }

    /// <summary>Eight bytes.</summary>
    public readonly struct Int64 : IWireElement<long>
    {
        /// <inheritdoc/>
        public static int SizeMin => sizeof(long);

        /// <inheritdoc/>
        public static long Read(ref WireReader reader, bool compact) => reader.ReadInt64();

        /// <inheritdoc/>
        public static void Write(ref WireWriter writer, long value, bool compact) =>
            writer.WriteInt64(value);
    }

    /// <summary>Sixteen bytes.</summary>
    public readonly struct Uuid : IWireElement<Guid>
    {
        /// <inheritdoc/>
        public static int SizeMin => 16;

        /// <inheritdoc/>
        public static Guid Read(ref WireReader reader, bool compact) => reader.ReadUuid();

        /// <inheritdoc/>
        public static void Write(ref WireWriter writer, Guid value, bool compact) =>
            writer.WriteUuid(value);
    }

    /// <summary>A string that is not null.</summary>
    public readonly struct Text : IWireElement<string>
    {
        /// <inheritdoc/>
        public static int SizeMin => 1;

        /// <inheritdoc/>
        public static string Read(ref WireReader reader, bool compact) =>
            reader.ReadString(compact);

        /// <inheritdoc/>
        public static void Write(ref WireWriter writer, string value, bool compact) =>
            writer.WriteString(value, compact);
    }
}
