namespace Teralog.Records.Wire;

/// <content>Arrays from lists, and tagged fields: what generated code calls.</content>
public ref partial struct WireWriter
{
    /// <summary>Writes an array of structs; null as empty unless nullable.</summary>
    public void WriteStructs<T>(List<T>? list, short version, bool compact, bool nullable = false)
        where T : class, IWireStruct
    {
        WriteLength(list?.Count ?? (nullable ? -1 : 0), compact);
        for (var index = 0; index < list?.Count; index++)
            list[index].Write(ref this, version);
    }

    /// <summary>Writes an array of elements that are no structs.</summary>
    public void WriteList<T, TElement>(List<T>? list, bool compact, bool nullable = false)
        where TElement : IWireElement<T>
    {
        WriteLength(list?.Count ?? (nullable ? -1 : 0), compact);
        for (var index = 0; index < list?.Count; index++)
            TElement.Write(ref this, list[index], compact);
    }

    /// <summary>Writes the flag before a struct that may be null.</summary>
    public void WritePresence(bool present) => WriteInt8(present ? (sbyte)1 : (sbyte)-1);

    /// <summary>
    /// Begins a tagged field; its value follows, then <see cref="EndTag"/> with the result.
    /// </summary>
    public int BeginTag(uint tag)
    {
        WriteUnsignedVarint(tag);
        WriteInt8(0);
        return _position;
    }

    /// <summary>Puts the size before the value, which moves if one byte is not enough.</summary>
    public void EndTag(int mark)
    {
        var size = _position - mark;
        var extra = 0;
        for (var rest = size >> 7; rest > 0; rest >>= 7)
            extra++;
        if (extra > 0)
        {
            _ = Advance(extra);
            _buffer.Slice(mark, size).CopyTo(_buffer[(mark + extra)..]);
        }
        var end = _position;
        _position = mark - 1;
        WriteUnsignedVarint((uint)size);
        _position = end;
    }
}
