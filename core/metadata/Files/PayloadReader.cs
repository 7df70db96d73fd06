using System.Buffers.Binary;
using System.Text;

namespace Teralog.Metadata;

/// <summary>
/// Reads a payload whose CRC was right. A length that does not fit is still possible (a file made
/// by hand): it ends the reading with <see cref="InvalidDataException"/>, which the open turns into
/// its sentence.
/// </summary>
internal ref struct PayloadReader(ReadOnlySpan<byte> payload)
{
    private ReadOnlySpan<byte> _rest = payload;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    public long Int64() => BinaryPrimitives.ReadInt64BigEndian(Take(8));

    public int Int32() => BinaryPrimitives.ReadInt32BigEndian(Take(4));

    public int Count()
    {
        var count = Int32();
        return count >= 0 ? count : throw new InvalidDataException("negative count");
    }

    public string Key() =>
        Encoding.UTF8.GetString(Take(BinaryPrimitives.ReadUInt16BigEndian(Take(2))));

    /// <summary>Null for a delete.</summary>
    public byte[]? Value()
    {
        var length = Int32();
        return length == -1 ? null : Take(length).ToArray();
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > _rest.Length)
            throw new InvalidDataException("length beyond the frame");
        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
