using System;
using Teralog.Schema.Model;

namespace Teralog.Schema.Emit;

/// <summary>
/// Fewest bytes that a struct takes in any of its versions: it bounds the count of an array by
/// the bytes that remain.
/// </summary>
internal static class SizeMin
{
    public static int Of(SchemaStruct target, VersionRange flexible) =>
        Math.Max(1, Sum(target, flexible));

    private static int Sum(SchemaStruct target, VersionRange flexible)
    {
        // A struct of flexible versions ends with the count of its tagged fields.
        var sum = flexible.Covers(target.Versions) ? 1 : 0;
        var neverFlexible = flexible.Intersect(target.Versions).IsEmpty;
        foreach (var field in target.Fields)
        {
            if (!field.IsTagged && field.Versions.Covers(target.Versions))
                sum += OfField(field, flexible, neverFlexible);
        }
        return sum;
    }

    private static int OfField(SchemaField field, VersionRange flexible, bool neverFlexible)
    {
        if (field.IsSingleStruct)
            return field.IsNullable ? 1 : Sum(field.Struct!, flexible);
        if (!field.IsArray && field.Scalar!.Size > 0)
            return field.Scalar.Size;
        if (!neverFlexible)
            return 1;
        return !field.IsArray && field.Scalar == ScalarType.Text ? 2 : 4;
    }
}
