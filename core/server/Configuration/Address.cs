using System.Globalization;

namespace Teralog.Server.Configuration;

/// <summary><c>NAME://host:port</c>; an IPv6 host stands in brackets, an empty one means all
/// addresses.</summary>
internal sealed record Address(string Name, string Host, int Port)
{
    public bool IsWildcard => Host is "" or "0.0.0.0" or "::" or "*";

    /// <summary>Null where the text is not an address.</summary>
    public static Address? Parse(string text)
    {
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var colon = text.LastIndexOf(':');
        if (scheme <= 0 || colon < scheme + 3)
            return null;
        var host = text[(scheme + 3)..colon];
        if (host.StartsWith('[') && host.EndsWith(']'))
            host = host[1..^1];
        else if (host.Contains(':', StringComparison.Ordinal))
            return null;
        return ushort.TryParse(
            text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            ? new Address(text[..scheme].ToUpperInvariant(), host, port)
            : null;
    }
}
