using System.Collections.Generic;
using Teralog.Schema.Model;

namespace Teralog.Schema.Emit;

/// <summary>The method that reads a struct.</summary>
internal static class ReadMethod
{
    public static void Emit(CodeText code, StructScope scope)
    {
        code.Open("public void Read(ref WireReader reader, short version)");
        scope.DeclareFlexible(code);
        FieldBlocks.Emit(code, scope, field => code.Line(Body(field, scope)));
        if (scope.Flexible != Conditions.Never)
            EmitTags(code, scope);
        code.Close();
    }

    private static void EmitTags(CodeText code, StructScope scope)
    {
        var guarded = scope.Flexible != Conditions.Always;
        if (scope.Tagged.Count == 0)
        {
            code.Line(guarded ? "if (flexible) reader.SkipTags();" : "reader.SkipTags();");
            return;
        }
        if (guarded)
            code.Line("if (!flexible) return;");
        code.Line("var tags = reader.ReadTagCount();");
        code.Open("while (tags-- > 0 && reader.BeginTag(out var tag, out var end))");
        code.Open("switch (tag)");
        foreach (var field in scope.Tagged)
            EmitTag(code, field, scope);
        code.Close();
        code.Line("reader.EndTag(end);");
        code.Close();
    }

    private static void EmitTag(CodeText code, SchemaField field, StructScope scope)
    {
        var flexible = scope.Target.Versions.Intersect(scope.FlexibleVersions);
        var exists = Conditions.In(field.Versions, flexible);
        var when = exists == Conditions.Always ? "" : $" when {exists}";
        code.Line($"case {field.Tag}{when}: {Tagged(field, scope)} break;");
    }

    private static string Body(SchemaField field, StructScope scope) =>
        Statement(field, scope, scope.Compact(field), "reader.ReadPresence()");

    private static string Tagged(SchemaField field, StructScope scope) =>
        Statement(field, scope, Conditions.Always, "reader.ReadUnsignedVarint() != 0");

    private static string Statement(
        SchemaField field, StructScope scope, string compact, string presence)
    {
        if (!field.IsSingleStruct)
            return $"{field.Name} = reader.Read{Call(field, scope, compact)};";
        return field.IsNullable
            ? $"{field.Name} = {presence} ? "
                + $"reader.ReadStruct<{field.StructName}>(version) : null;"
            : $"{field.Name}.Read(ref reader, version);";
    }

    private static string Call(SchemaField field, StructScope scope, string compact)
    {
        if (!field.IsArray && field.Scalar!.Size > 0)
            return $"{field.Scalar.Method}()";
        var arguments = new List<string>();
        if (field.Struct is not null)
            arguments.Add("version");
        arguments.Add(compact);
        if (field.Struct is not null)
            arguments.Add($"{SizeMin.Of(field.Struct, scope.FlexibleVersions)}");
        var nullable = scope.Nullable(field);
        if (nullable is not (Conditions.Always or Conditions.Never))
            arguments.Add(nullable);
        var prefix = nullable == Conditions.Never ? "" : "Nullable";
        var type = field.IsArray ? ListType(field) : field.Scalar!.Method;
        return $"{prefix}{type}({string.Join(", ", arguments)})";
    }

    private static string ListType(SchemaField field) => field.Scalar is null
        ? $"Structs<{field.StructName}>"
        : $"List<{field.Scalar.Clr}, WireElements.{field.Scalar.Element}>";
}
