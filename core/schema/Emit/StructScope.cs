using System.Collections.Generic;
using System.Linq;
using Teralog.Schema.Model;

namespace Teralog.Schema.Emit;

/// <summary>A struct and what the code of its two methods is measured against.</summary>
internal sealed class StructScope
{
    public StructScope(SchemaStruct target, VersionRange flexible)
    {
        Target = target;
        FlexibleVersions = flexible;
        var condition = Conditions.In(flexible, target.Versions);
        FlexibleCondition = condition;
        Flexible = condition is Conditions.Always or Conditions.Never ? condition : "flexible";
        Body = target.Fields.Where(field => !field.IsTagged).ToList();
        Tagged = target.Fields.Where(field => field.IsTagged).OrderBy(field => field.Tag).ToList();
    }

    public SchemaStruct Target { get; }

    public VersionRange FlexibleVersions { get; }

    /// <summary>The condition for flexible versions, spelled out.</summary>
    public string FlexibleCondition { get; }

    /// <summary>The same as generated code says it: true, false, or a local.</summary>
    public string Flexible { get; }

    public IReadOnlyList<SchemaField> Body { get; }

    public IReadOnlyList<SchemaField> Tagged { get; }

    public string Compact(SchemaField field) => field.NeverCompact ? Conditions.Never : Flexible;

    public string Exists(SchemaField field) => Conditions.In(field.Versions, Target.Versions);

    /// <summary>Whether the field may be null, in a version that has the field.</summary>
    public string Nullable(SchemaField field) =>
        Conditions.In(field.NullableVersions, Target.Versions.Intersect(field.Versions));

    /// <summary>Declares the local that <see cref="Flexible"/> may name.</summary>
    public void DeclareFlexible(CodeText code)
    {
        if (Flexible == "flexible")
            code.Line($"var flexible = {FlexibleCondition};");
    }
}
