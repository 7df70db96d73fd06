namespace Teralog.PluginHost;

/// <summary>The alphabet of ids and of registered names.</summary>
internal static class PluginNames
{
    public static bool IsSound(string name) =>
        name.Length is > 0 and <= Limits.NameLengthMax
        && char.IsAsciiLetterOrDigit(name[0])
        && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)
            || c is '.' or '-' or '_');
}
