namespace Teralog.Schema.Model;

/// <summary>One field of a struct, as a line of schema text says it.</summary>
internal sealed class SchemaField
{
    public SchemaField(string name, int line)
    {
        Name = name;
        Line = line;
    }

    public string Name { get; }

    /// <summary>Line in the file, from 0.</summary>
    public int Line { get; }

    public bool IsArray { get; set; }

    /// <summary>The type, or the element's; null for a struct.</summary>
    public ScalarType? Scalar { get; set; }

    /// <summary>Name of the struct; null for a scalar.</summary>
    public string? StructName { get; set; }

    /// <summary>The struct, once names are resolved.</summary>
    public SchemaStruct? Struct { get; set; }

    public VersionRange Versions { get; set; } = VersionRange.All;

    public VersionRange NullableVersions { get; set; } = VersionRange.None;

    /// <summary>The tag, or -1 for a field that stands in the body.</summary>
    public int Tag { get; set; } = -1;

    /// <summary>Default as schema text has it, or null where none is given.</summary>
    public string? Default { get; set; }

    /// <summary>True where a string keeps its int16 length in flexible versions.</summary>
    public bool NeverCompact { get; set; }

    public bool IsTagged => Tag >= 0;

    public bool IsNullable => !NullableVersions.IsEmpty;

    public bool DefaultsToNull => Default == "null";

    public bool IsSingleStruct => !IsArray && StructName is not null;
}
