namespace Teralog.Records.Wire;

/// <content>Arrays as lists, and tagged fields: what generated code calls.</content>
public ref partial struct WireReader
{
    /// <summary>Reads an array of structs; null is malformed.</summary>
    public List<T> ReadStructs<T>(short version, bool compact, int elementSizeMin)
        where T : class, IWireStruct, new() =>
        ReadNullableStructs<T>(version, compact, elementSizeMin, nullable: false) ?? [];

    /// <summary>Reads an array of structs or null.</summary>
    public List<T>? ReadNullableStructs<T>(
        short version, bool compact, int elementSizeMin, bool nullable = true)
        where T : class, IWireStruct, new()
    {
        var count = ReadArrayCount(compact, elementSizeMin);
        if (count < 0)
            return NullUnless(nullable) ? null : [];
        var list = new List<T>(Math.Min(count, WireLimits.ListCapacityStart));
        for (; count > 0 && !Failed; count--)
        {
            var element = new T();
            element.Read(ref this, version);
            list.Add(element);
        }
        return list;
    }

    /// <summary>Reads an array of elements that are no structs; null is malformed.</summary>
    public List<T> ReadList<T, TElement>(bool compact)
        where TElement : IWireElement<T> =>
        ReadNullableList<T, TElement>(compact, nullable: false) ?? [];

    /// <summary>Reads an array of elements that are no structs, or null.</summary>
    public List<T>? ReadNullableList<T, TElement>(bool compact, bool nullable = true)
        where TElement : IWireElement<T>
    {
        var count = ReadArrayCount(compact, TElement.SizeMin);
        if (count < 0)
            return NullUnless(nullable) ? null : [];
        var list = new List<T>(Math.Min(count, WireLimits.ListCapacityStart));
        for (; count > 0 && !Failed; count--)
            list.Add(TElement.Read(ref this, compact));
        return list;
    }

    /// <summary>Reads one struct.</summary>
    public T ReadStruct<T>(short version)
        where T : class, IWireStruct, new()
    {
        var value = new T();
        value.Read(ref this, version);
        return value;
    }

    /// <summary>Reads the number of tagged fields of a struct.</summary>
    public int ReadTagCount()
    {
        var count = ReadUnsignedVarint();
        if (count > WireLimits.TaggedFieldsMax)
            Failed = true;
        return Failed ? 0 : (int)count;
    }

    /// <summary>
    /// Reads the head of a tagged field; false after a failure. Then the value is read, or
    /// nothing, and <see cref="EndTag"/> goes to <paramref name="end"/>.
    /// </summary>
    public bool BeginTag(out uint tag, out int end)
    {
        tag = ReadUnsignedVarint();
        var size = ReadUnsignedVarint();
        if (size > (uint)Remaining)
            Failed = true;
        end = Failed ? _position : _position + (int)size;
        return !Failed;
    }

    /// <summary>Ends a tagged field: skips what was not read, fails on what was overrun.</summary>
    public void EndTag(int end)
    {
        if (_position > end)
            Failed = true;
        else if (!Failed)
            _position = end;
    }

    /// <summary>Skips the tagged fields of a struct of which none is known.</summary>
    public void SkipTags()
    {
        for (var count = ReadTagCount(); count > 0 && BeginTag(out _, out var end); count--)
            EndTag(end);
    }
}
