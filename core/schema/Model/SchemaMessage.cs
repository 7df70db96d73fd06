using System.Collections.Generic;

namespace Teralog.Schema.Model;

/// <summary>One schema file.</summary>
internal sealed class SchemaMessage
{
    public SchemaMessage(MessageKind kind, string name, int line)
    {
        Kind = kind;
        var suffix = kind switch
        {
            MessageKind.Request => "Request",
            MessageKind.Response => "Response",
            _ => "",
        };
        Root = new SchemaStruct(name + suffix, line);
    }

    public MessageKind Kind { get; }

    /// <summary>The body; its name is the class.</summary>
    public SchemaStruct Root { get; }

    /// <summary>API key or record type; -1 for others.</summary>
    public int Key { get; set; } = -1;

    public VersionRange Versions { get; set; } = VersionRange.None;

    public VersionRange Flexible { get; set; } = VersionRange.None;

    /// <summary>A header version that never changes, or -1 for the rule of the kind.</summary>
    public int FixedHeader { get; set; } = -1;

    /// <summary>Every struct but the root, in the order of the file.</summary>
    public List<SchemaStruct> Structs { get; } = [];

    public bool HasApi => Kind is MessageKind.Request or MessageKind.Response;

    public bool IsRecord => Kind is MessageKind.RecordKey or MessageKind.RecordValue;
}
