using System.Globalization;
using System.Text;

namespace Teralog.Server.Configuration;

/// <summary>
/// Reads Java's property syntax: <c>#</c> and <c>!</c> comments, a backslash at the end of a line
/// goes on with the next one, escapes, and <c>=</c>, <c>:</c> or a blank between name and value.
/// A pure function of the text.
/// </summary>
internal static class PropertyFile
{
    /// <summary>The settings in the order of the file; <paramref name="errors"/> takes one line
    /// each for what cannot be read.</summary>
    public static List<Setting> Parse(string text, string fileName, List<string> errors)
    {
        var settings = new List<Setting>();
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var origin = $"{fileName}:{i + 1}";
            var logical = lines[i].TrimStart();
            if (logical.Length == 0 || logical[0] is '#' or '!')
                continue;
            while (EndsInContinuation(logical))
                logical = logical[..^1] + (++i < lines.Length ? lines[i].TrimStart() : "");
            if (Split(logical, origin, errors) is { } setting)
                settings.Add(setting);
        }

        return settings;
    }

    private static bool EndsInContinuation(string line) =>
        (line.Length - line.TrimEnd('\\').Length) % 2 == 1;

    private static Setting? Split(string line, string origin, List<string> errors)
    {
        var end = 0;
        while (end < line.Length && !(line[end] is '=' or ':' || char.IsWhiteSpace(line[end])))
            end += line[end] == '\\' ? 2 : 1;
        end = Math.Min(end, line.Length);
        var rest = line[end..].TrimStart();
        if (rest.Length > 0 && rest[0] is '=' or ':')
            rest = rest[1..].TrimStart();
        var name = Unescape(line[..end]);
        var value = Unescape(rest);
        if (name is null || value is null)
            errors.Add($"{origin}: a \\u escape needs four hex digits.");
        else if (name.Length == 0)
            errors.Add($"{origin}: a name is missing before '{line[end]}'.");
        else
            return new Setting(name, value.Trim(), origin);
        return null;
    }

    private static string? Unescape(string text)
    {
        if (!text.Contains('\\', StringComparison.Ordinal))
            return text;
        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '\\' || ++i == text.Length)
            {
                if (i < text.Length)
                    result.Append(text[i]);
                continue;
            }

            if (text[i] != 'u')
                result.Append(Escaped(text[i]));
            else if (!TryHex(text, i + 1, out var code))
                return null;
            else
            {
                result.Append(code);
                i += 4;
            }
        }

        return result.ToString();
    }

    private static char Escaped(char letter) => letter switch
    {
        't' => '\t',
        'n' => '\n',
        'r' => '\r',
        'f' => '\f',
        _ => letter,
    };

    private static bool TryHex(string text, int at, out char code)
    {
        code = '\0';
        if (at + 4 > text.Length || !ushort.TryParse(
            text.AsSpan(at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture,
            out var number))
            return false;
        code = (char)number;
        return true;
    }
}
