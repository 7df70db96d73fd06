using System.Collections.Generic;

namespace Teralog.Schema.Model;

/// <summary>A type of the wire that is neither an array nor a struct.</summary>
internal sealed class ScalarType
{
    public static readonly ScalarType Text = new("string", "string", "String", "Text", 0);
    public static readonly ScalarType Bytes = new("bytes", "byte[]", "Bytes", null, 0);

    private static readonly ScalarType[] All =
    [
        new("bool", "bool", "Bool", null, 1),
        new("int8", "sbyte", "Int8", "Int8", 1),
        new("int16", "short", "Int16", "Int16", 2),
        new("uint16", "ushort", "UInt16", null, 2),
        new("int32", "int", "Int32", "Int32", 4),
        new("uint32", "uint", "UInt32", null, 4),
        new("int64", "long", "Int64", "Int64", 8),
        new("float64", "double", "Float64", null, 8),
        new("uuid", "Guid", "Uuid", "Uuid", 16),
        Text,
        Bytes,
    ];

    private static readonly Dictionary<string, ScalarType> ByName = MakeByName();

    private ScalarType(string name, string clr, string method, string? element, int size)
    {
        Name = name;
        Clr = clr;
        Method = method;
        Element = element;
        Size = size;
    }

    /// <summary>Name in schema text.</summary>
    public string Name { get; }

    /// <summary>Name in C#.</summary>
    public string Clr { get; }

    /// <summary>What follows Read and Write in the names of the reader's and writer's methods.
    /// </summary>
    public string Method { get; }

    /// <summary>Name in WireElements, or null where no message has an array of it.</summary>
    public string? Element { get; }

    /// <summary>Size in bytes; 0 where a length comes first.</summary>
    public int Size { get; }

    public static ScalarType? Find(string name) =>
        ByName.TryGetValue(name, out var type) ? type : null;

    private static Dictionary<string, ScalarType> MakeByName()
    {
        var map = new Dictionary<string, ScalarType> { ["records"] = Bytes };
        foreach (var type in All)
            map.Add(type.Name, type);
        return map;
    }
}
