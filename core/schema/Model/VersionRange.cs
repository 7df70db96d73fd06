using System;
using System.Globalization;

namespace Teralog.Schema.Model;

/// <summary>Versions from First to Last, both included; empty where First is above Last.</summary>
internal readonly struct VersionRange
{
    public static readonly VersionRange All = new(0, short.MaxValue);
    public static readonly VersionRange None = new(1, 0);

    public VersionRange(int first, int last)
    {
        First = first;
        Last = last;
    }

    public int First { get; }

    public int Last { get; }

    public bool IsEmpty => First > Last;

    /// <summary>Reads <c>3</c>, <c>3-5</c>, <c>3+</c> or <c>none</c>.</summary>
    public static bool TryParse(string text, out VersionRange range)
    {
        range = None;
        if (text == "none")
            return true;
        if (text.EndsWith("+", StringComparison.Ordinal))
            return TryPair(text.Substring(0, text.Length - 1), null, out range);
        var dash = text.IndexOf('-');
        return dash < 0
            ? TryPair(text, text, out range)
            : TryPair(text.Substring(0, dash), text.Substring(dash + 1), out range);
    }

    public bool Covers(VersionRange other) =>
        other.IsEmpty || (First <= other.First && Last >= other.Last);

    public VersionRange Intersect(VersionRange other) =>
        new(Math.Max(First, other.First), Math.Min(Last, other.Last));

    /// <summary>The smallest range that covers both.</summary>
    public VersionRange Hull(VersionRange other)
    {
        if (IsEmpty || other.IsEmpty)
            return IsEmpty ? other : this;
        return new(Math.Min(First, other.First), Math.Max(Last, other.Last));
    }

    private static bool TryPair(string first, string? last, out VersionRange range)
    {
        range = None;
        if (!TryVersion(first, out var from))
            return false;
        var to = short.MaxValue;
        if (last is not null && !TryVersion(last, out to))
            return false;
        range = new VersionRange(from, to);
        return from <= to;
    }

    private static bool TryVersion(string text, out short version) =>
        short.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out version);
}
