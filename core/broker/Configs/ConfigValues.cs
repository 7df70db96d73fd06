using System.Globalization;
using Teralog.Abstractions;

namespace Teralog.Broker;

/// <summary>
/// Whether a text is a value of a type and within its bounds: pure functions. The sentences are
/// those that clients know from Kafka.
/// </summary>
internal static class ConfigValues
{
    private const NumberStyles Integer = NumberStyles.AllowLeadingSign;

    internal static string? Check(ConfigValueType type, string valid, string value) =>
        CheckType(type, value.Trim()) ?? CheckValid(type, valid, value.Trim());

    internal static string[] SplitList(string value) =>
        value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    internal static string JoinList(IEnumerable<string> items) => string.Join(',', items);

    private static string? CheckType(ConfigValueType type, string value) => type switch
    {
        ConfigValueType.Boolean => value is "true" or "false"
            || value.Equals("true", StringComparison.OrdinalIgnoreCase)
            || value.Equals("false", StringComparison.OrdinalIgnoreCase)
                ? null
                : "Expected value to be either true or false",
        ConfigValueType.Int => int.TryParse(value, Integer, CultureInfo.InvariantCulture, out _)
            ? null
            : "Not a number of type INT",
        ConfigValueType.Short => short.TryParse(value, Integer, CultureInfo.InvariantCulture, out _)
            ? null
            : "Not a number of type SHORT",
        ConfigValueType.Long => long.TryParse(value, Integer, CultureInfo.InvariantCulture, out _)
            ? null
            : "Not a number of type LONG",
        ConfigValueType.Double => IsDouble(value) ? null : "Not a number of type DOUBLE",
        _ => null,
    };

    private static bool IsDouble(string value) => double.TryParse(
        value, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    private static string? CheckValid(ConfigValueType type, string valid, string value)
    {
        if (valid.Length == 0)
            return null;
        if (valid is "non-empty string" or "non-empty list")
            return value.Length > 0 ? null : $"{valid[10..]} must be non-empty";
        if (valid.Contains("...", StringComparison.Ordinal))
            return IsNumber(type) ? CheckRange(valid, value) : null;
        return valid.Contains('[', StringComparison.Ordinal) && !valid.Contains(':')
            ? CheckOneOf(type, valid, value)
            : null;
    }

    private static bool IsNumber(ConfigValueType type) => type is ConfigValueType.Int
        or ConfigValueType.Short or ConfigValueType.Long or ConfigValueType.Double;

    private static string? CheckRange(string valid, string value)
    {
        int end = valid.IndexOf(']', StringComparison.Ordinal);
        string[] bounds = valid[1..end].Split(",...");
        const string or = "] or ";
        if (valid[end..].StartsWith(or, StringComparison.Ordinal)
            && value == valid[(end + or.Length)..])
            return null;

        if (Compare(value, bounds[0]) < 0)
            return $"Value must be at least {bounds[0]}";
        string most = bounds.Length > 1 ? bounds[1].TrimStart(',') : "";
        return most.Length > 0 && Compare(value, most) > 0
            ? $"Value must be no more than {most}"
            : null;
    }

    // A 64-bit integer does not fit a double: compare as integers where both are.
    private static int Compare(string left, string right) =>
        long.TryParse(left, Integer, CultureInfo.InvariantCulture, out long leftInteger)
        && long.TryParse(right, Integer, CultureInfo.InvariantCulture, out long rightInteger)
            ? leftInteger.CompareTo(rightInteger)
            : double.Parse(left, CultureInfo.InvariantCulture)
                .CompareTo(double.Parse(right, CultureInfo.InvariantCulture));

    private static string? CheckOneOf(ConfigValueType type, string valid, string value)
    {
        int start = valid.IndexOf('[', StringComparison.Ordinal) + 1;
        string[] allowed = SplitList(valid[start..valid.IndexOf(']', StringComparison.Ordinal)]);
        StringComparison comparison = valid.StartsWith(
            "(case insensitive)", StringComparison.Ordinal)
            ? StringComparison.OrdinalIgnoreCase
            : StringComparison.Ordinal;
        string[] items = type == ConfigValueType.List ? SplitList(value) : [value];
        bool isAllowed = Array.TrueForAll(
            items, item => Array.Exists(allowed, one => one.Equals(item, comparison)));
        return isAllowed ? null : $"String must be one of: {string.Join(", ", allowed)}";
    }
}
