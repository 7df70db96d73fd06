using System;
using Teralog.Schema.Model;

namespace Teralog.Schema.Emit;

/// <summary>Body fields in order; neighbours of the same versions share one condition.</summary>
internal static class FieldBlocks
{
    public static void Emit(CodeText code, StructScope scope, Action<SchemaField> emitField)
    {
        var open = Conditions.Always;
        foreach (var field in scope.Body)
        {
            var condition = scope.Exists(field);
            if (condition == Conditions.Never)
                continue;
            if (condition != open)
            {
                if (open != Conditions.Always)
                    code.Close();
                if (condition != Conditions.Always)
                    code.Open($"if ({condition})");
                open = condition;
            }
            emitField(field);
        }
        if (open != Conditions.Always)
            code.Close();
    }
}
