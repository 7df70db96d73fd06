using System.Globalization;
using System.Text;

namespace Teralog.Storage;

/// <summary>
/// Kafka's checkpoint files: a line with the version 0, a line with the number of entries, then
/// an entry a line, its fields separated by blanks. Readers take CR LF, several blanks, a missing
/// last newline, and an empty file as no entries.
/// </summary>
internal static class CheckpointText
{
    private const string Version = "0";

    internal static byte[] Format(IReadOnlyCollection<string> entries)
    {
        var text = new StringBuilder();
        text.Append(Version).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"{entries.Count}\n");
        foreach (string entry in entries)
            text.Append(entry).Append('\n');

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The fields of each entry; null where the file is no such file.</summary>
    internal static IReadOnlyList<string[]>? TryParse(
        ReadOnlySpan<byte> content, int fieldsPerEntry)
    {
        string[] lines = Encoding.UTF8.GetString(content).TrimEnd('\n', '\r').Split('\n');
        if (content.Length == 0)
            return [];
        if (lines.Length < 2 || lines[0].Trim() != Version
            || !int.TryParse(lines[1].Trim(), CultureInfo.InvariantCulture, out int count)
            || count != lines.Length - 2)
            return null;

        var entries = new List<string[]>(lines.Length - 2);
        foreach (string line in lines.AsSpan(2))
        {
            string[] fields = line.Split(
                (char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length != fieldsPerEntry)
                return null;

            entries.Add(fields);
        }

        return entries;
    }
}
