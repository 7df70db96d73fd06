namespace Teralog.PluginHost;

/// <summary>
/// A range of contract versions in interval notation: <c>[1.0,2.0)</c>. A bracket includes its end,
/// a parenthesis does not, an empty end is open, and <c>[1.0]</c> is one version.
/// </summary>
internal sealed record ApiRange(
    Version? Lowest, bool IncludesLowest, Version? Highest, bool IncludesHighest)
{
    public bool Contains(Version version) => IsAboveLowest(version) && IsBelowHighest(version);

    /// <summary>Null where the text is not a range.</summary>
    public static ApiRange? Parse(string text)
    {
        var trimmed = text.Trim();
        if (trimmed.Length < 3 || trimmed[0] is not ('[' or '(') || trimmed[^1] is not (']' or ')'))
            return null;
        var ends = trimmed[1..^1].Split(',');
        if (ends.Length > 2 || !TryEnd(ends[0], out var lowest)
            || !TryEnd(ends[^1], out var highest))
            return null;
        var range = new ApiRange(lowest, trimmed[0] == '[', highest, trimmed[^1] == ']');
        return range.IsSound(ends.Length) ? range : null;
    }

    private bool IsSound(int endCount) => endCount == 2
        ? Lowest is null || Highest is null || Lowest <= Highest
        : Lowest is not null && IncludesLowest && IncludesHighest;

    private static bool TryEnd(string text, out Version? version)
    {
        version = null;
        return text.Trim().Length == 0 || Version.TryParse(text.Trim(), out version);
    }

    private bool IsAboveLowest(Version version) =>
        Lowest is null || version > Lowest || (IncludesLowest && version == Lowest);

    private bool IsBelowHighest(Version version) =>
        Highest is null || version < Highest || (IncludesHighest && version == Highest);
}
