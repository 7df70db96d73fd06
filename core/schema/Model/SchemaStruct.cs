using System.Collections.Generic;

namespace Teralog.Schema.Model;

/// <summary>Fields in the order of the wire; the message itself is one too.</summary>
internal sealed class SchemaStruct
{
    public SchemaStruct(string name, int line)
    {
        Name = name;
        Line = line;
    }

    public string Name { get; }

    /// <summary>Line in the file, from 0.</summary>
    public int Line { get; }

    public List<SchemaField> Fields { get; } = [];

    /// <summary>Versions in which it can occur: what conditions are measured against.</summary>
    public VersionRange Versions { get; set; } = VersionRange.None;

    /// <summary>True where it is a tagged field that is left out at its default.</summary>
    public bool NeedsIsDefault { get; set; }

    /// <summary>True while its references are followed; finds structs that hold themselves.
    /// </summary>
    public bool Visiting { get; set; }
}
