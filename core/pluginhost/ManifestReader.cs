using System.Text.Json;

namespace Teralog.PluginHost;

/// <summary>
/// Reads and checks a manifest. A property that is not known is refused: a misspelt
/// <c>sha256</c> must not switch the check off.
/// </summary>
internal static class ManifestReader
{
    private static readonly string[] _known =
        ["id", "kind", "version", "api", "entry", "type", "sha256", "description"];

    public static PluginManifest Read(string folder)
    {
        var path = Path.Combine(folder, PluginManifest.FileName);
        var file = new FileInfo(path);
        if (!file.Exists)
            throw Refuse("has no plugin.json; add one or remove the folder");
        if (file.Length > Limits.ManifestBytesMax)
            throw Refuse($"has a plugin.json above {Limits.ManifestBytesMax} bytes");
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Check(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new PluginRefusedException(
                $"has a plugin.json that is not JSON (line {exception.LineNumber + 1})", exception);
        }
    }

    private static PluginManifest Check(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            throw Refuse("has a plugin.json that is not a JSON object");
        foreach (var property in root.EnumerateObject())
        {
            if (!_known.Contains(property.Name, StringComparer.Ordinal))
                throw Refuse($"has the unknown property '{property.Name}' in plugin.json "
                    + $"(known: {string.Join(", ", _known)})");
        }

        var api = Required(root, "api");
        return new PluginManifest(
            Name(root), Kind(Required(root, "kind")), Required(root, "version"), api, Range(api),
            EntryFile(Required(root, "entry")), Optional(root, "type"), Hash(root));
    }

    private static string Name(JsonElement root)
    {
        var id = Required(root, "id");
        return PluginNames.IsSound(id)
            ? id
            : throw Refuse($"has the id '{id}': use lower-case letters, digits, '.', '-', '_'");
    }

    private static PluginKind Kind(string text) => text switch
    {
        "frontend" => PluginKind.Frontend,
        "replication" => PluginKind.Replication,
        "codec" => PluginKind.Codec,
        "assignor" => PluginKind.Assignor,
        _ => throw Refuse($"has the kind '{text}' in plugin.json; it must be frontend, "
            + "replication, codec or assignor"),
    };

    private static ApiRange Range(string text) => ApiRange.Parse(text)
        ?? throw Refuse($"has the api range '{text}' in plugin.json; write it like [1.0,2.0)");

    private static string EntryFile(string text) => Path.GetFileName(text) == text
        ? text
        : throw Refuse($"has the entry '{text}' in plugin.json; it must be a file name in its "
            + "own folder");

    private static string? Hash(JsonElement root)
    {
        var text = Optional(root, "sha256");
        return text is null || (text.Length == 64 && text.All(char.IsAsciiHexDigit))
            ? text
            : throw Refuse("has a sha256 in plugin.json that is not 64 hex digits");
    }

    private static string Required(JsonElement root, string name) => Optional(root, name)
        ?? throw Refuse($"has no '{name}' in plugin.json");

    private static string? Optional(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var value))
            return null;
        return value.ValueKind == JsonValueKind.String && value.GetString()!.Length > 0
            ? value.GetString()
            : throw Refuse($"has '{name}' in plugin.json that is not a text");
    }

    private static PluginRefusedException Refuse(string reason) => new(reason);
}
