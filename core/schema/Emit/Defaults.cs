using Teralog.Schema.Model;

namespace Teralog.Schema.Emit;

/// <summary>What a field has where nothing was read, and how to tell that it has it.</summary>
internal static class Defaults
{
    /// <summary>The property's initialiser, or empty.</summary>
    public static string Initialiser(SchemaField field)
    {
        if (field.DefaultsToNull)
            return "";
        if (field.IsArray || field.Scalar == ScalarType.Bytes)
            return " = [];";
        if (field.Scalar is null)
            return " = new();";
        if (field.Scalar == ScalarType.Text)
            return $" = \"{field.Default ?? ""}\";";
        return IsZero(field) ? "" : $" = {field.Default};";
    }

    /// <summary>A condition that is true where the field differs from its default.</summary>
    public static string Differs(SchemaField field)
    {
        var name = field.Name;
        if (field.DefaultsToNull)
            return $"{name} is not null";
        if (field.IsArray)
            return $"{name} is not {{ Count: 0 }}";
        if (field.Scalar is null)
            return $"{name}{(field.IsNullable ? "?" : "")}.IsDefault() != true";
        if (field.Scalar == ScalarType.Bytes)
            return $"{name} is not {{ Length: 0 }}";
        if (field.Scalar == ScalarType.Text)
            return $"{name} != \"{field.Default ?? ""}\"";
        if (field.Scalar.Clr == "bool")
            return IsZero(field) ? name : $"!{name}";
        return $"{name} != {(IsZero(field) ? "default" : field.Default)}";
    }

    private static bool IsZero(SchemaField field) => field.Default is null or "0" or "false";
}
