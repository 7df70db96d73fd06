using System.Globalization;

namespace Teralog.Storage;

/// <summary>Names of a segment's files: its base offset in 20 digits and a suffix.</summary>
internal static class SegmentNames
{
    internal const string Log = ".log";
    internal const string OffsetIndex = ".index";
    internal const string TimeIndex = ".timeindex";
    internal const string TransactionIndex = ".txnindex";
    internal const string Deleted = ".deleted";
    internal const string Cleaned = ".cleaned";
    internal const string Swap = ".swap";

    private const int OffsetDigits = 20;

    internal static string Of(string folder, long baseOffset, string suffix) => Path.Combine(
        folder, baseOffset.ToString("D20", CultureInfo.InvariantCulture) + suffix);

    /// <summary>
    /// The base offset of a file with that suffix; null where it is another file.
    /// </summary>
    internal static long? Parse(string name, string suffix)
    {
        bool isOffset = name.Length == OffsetDigits + suffix.Length
            && name.EndsWith(suffix, StringComparison.Ordinal);
        return isOffset && long.TryParse(name.AsSpan(0, OffsetDigits), NumberStyles.None,
            CultureInfo.InvariantCulture, out long offset)
            ? offset
            : null;
    }
}
