using System.Text;

namespace Teralog.Storage;

/// <summary>
/// The file meta.properties: "name=value" a line, "#" begins a comment. Of Java's format only
/// what these files hold: a backslash takes the next character as it is.
/// </summary>
internal static class PropertiesText
{
    internal static byte[] Format(IReadOnlyDictionary<string, string> entries)
    {
        var text = new StringBuilder("#\n");
        foreach ((string name, string value) in entries.OrderBy(
            entry => entry.Key, StringComparer.Ordinal))
            text.Append(Escape(name)).Append('=').Append(Escape(value)).Append('\n');

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    internal static Dictionary<string, string> Parse(ReadOnlySpan<byte> content)
    {
        var entries = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in Encoding.UTF8.GetString(content).Split('\n'))
        {
            string trimmed = line.Trim();
            if (trimmed.Length == 0 || trimmed[0] is '#' or '!')
                continue;

            (string name, string value) = TakeName(trimmed);
            entries[name.Trim()] = Unescape(value.Trim());
        }

        return entries;
    }

    private static (string Name, string Value) TakeName(string line)
    {
        for (int at = 0; at < line.Length; at++)
        {
            if (line[at] == '\\')
                at++;
            else if (line[at] is '=' or ':')
                return (Unescape(line[..at]), line[(at + 1)..]);
        }

        return (Unescape(line), "");
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char character in text)
        {
            if (character is '\\' or '=' or ':' or '#' or '!')
                escaped.Append('\\');
            escaped.Append(character);
        }

        return escaped.ToString();
    }

    private static string Unescape(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
                at++;
            plain.Append(text[at]);
        }

        return plain.ToString();
    }
}
