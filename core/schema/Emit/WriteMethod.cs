using Teralog.Schema.Model;

namespace Teralog.Schema.Emit;

/// <summary>The method that writes a struct.</summary>
internal static class WriteMethod
{
    public static void Emit(CodeText code, StructScope scope)
    {
        code.Open("public void Write(ref WireWriter writer, short version)");
        scope.DeclareFlexible(code);
        FieldBlocks.Emit(code, scope, field => EmitField(code, field, scope));
        if (scope.Flexible != Conditions.Never)
            EmitTags(code, scope);
        code.Close();
    }

    private static void EmitField(CodeText code, SchemaField field, StructScope scope)
    {
        if (field.IsSingleStruct && field.IsNullable)
            code.Line($"writer.WritePresence({field.Name} is not null);");
        code.Line(Statement(field, scope, scope.Compact(field)));
    }

    private static void EmitTags(CodeText code, StructScope scope)
    {
        if (scope.Flexible != Conditions.Always)
            code.Line("if (!flexible) return;");
        if (scope.Tagged.Count == 0)
        {
            code.Line("writer.WriteUnsignedVarint(0);");
            return;
        }
        code.Line("var tags = 0u;");
        foreach (var field in scope.Tagged)
            code.Line($"if ({IsSent(field, scope)}) tags++;");
        code.Line("writer.WriteUnsignedVarint(tags);");
        foreach (var field in scope.Tagged)
            EmitTag(code, field, scope);
    }

    private static void EmitTag(CodeText code, SchemaField field, StructScope scope)
    {
        code.Open($"if ({IsSent(field, scope)})");
        code.Line($"var mark = writer.BeginTag({field.Tag});");
        if (field.IsSingleStruct && field.IsNullable)
            code.Line($"writer.WriteUnsignedVarint({field.Name} is null ? 0u : 1u);");
        code.Line(Statement(field, scope, Conditions.Always));
        code.Line("writer.EndTag(mark);");
        code.Close();
    }

    private static string IsSent(SchemaField field, StructScope scope)
    {
        var flexible = scope.Target.Versions.Intersect(scope.FlexibleVersions);
        return Conditions.And(Conditions.In(field.Versions, flexible), Defaults.Differs(field));
    }

    private static string Statement(SchemaField field, StructScope scope, string compact)
    {
        var name = field.Name;
        if (field.IsArray)
            return List(field, scope, compact);
        if (field.Scalar is null)
            return $"{name}{(field.IsNullable ? "?" : "")}.Write(ref writer, version);";
        var method = field.Scalar.Method;
        if (field.Scalar.Size > 0)
            return $"writer.Write{method}({name});";
        var empty = field.Scalar == ScalarType.Text ? "\"\"" : "[]";
        return scope.Nullable(field) switch
        {
            Conditions.Never when !field.IsNullable => $"writer.Write{method}({name}, {compact});",
            Conditions.Never => $"writer.Write{method}({name} ?? {empty}, {compact});",
            Conditions.Always => $"writer.WriteNullable{method}({name}, {compact});",
            var some => $"writer.WriteNullable{method}"
                + $"({some} ? {name} : {name} ?? {empty}, {compact});",
        };
    }

    private static string List(SchemaField field, StructScope scope, string compact)
    {
        var nullable = scope.Nullable(field);
        var last = nullable == Conditions.Never ? "" : $", {nullable}";
        return field.Scalar is null
            ? $"writer.WriteStructs({field.Name}, version, {compact}{last});"
            : $"writer.WriteList<{field.Scalar.Clr}, WireElements.{field.Scalar.Element}>"
                + $"({field.Name}, {compact}{last});";
    }
}
