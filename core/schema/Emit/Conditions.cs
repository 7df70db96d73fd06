using Teralog.Schema.Model;

namespace Teralog.Schema.Emit;

/// <summary>Version ranges as C# conditions, as short as the surrounding range allows.</summary>
internal static class Conditions
{
    public const string Always = "true";
    public const string Never = "false";

    /// <summary>Whether <c>version</c>, known to be within, lies in the range.</summary>
    public static string In(VersionRange range, VersionRange within)
    {
        if (range.Covers(within))
            return Always;
        if (range.Intersect(within).IsEmpty)
            return Never;
        if (range.First <= within.First)
            return $"version <= {range.Last}";
        return range.Last >= within.Last
            ? $"version >= {range.First}"
            : $"version is >= {range.First} and <= {range.Last}";
    }

    /// <summary>Both, without what is always true.</summary>
    public static string And(string left, string right)
    {
        if (left == Always)
            return right;
        return right == Always ? left : $"{left} && {right}";
    }
}
