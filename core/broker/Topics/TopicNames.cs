namespace Teralog.Broker;

/// <summary>The rules for topic names (Kafka's Topic class): pure functions.</summary>
internal static class TopicNames
{
    internal const string ConsumerOffsets = "__consumer_offsets";
    internal const string TransactionState = "__transaction_state";

    internal static bool IsInternal(string name) => name is ConsumerOffsets or TransactionState;

    /// <summary>What is wrong with a name, or null.</summary>
    internal static string? Check(string name)
    {
        if (name.Length == 0)
            return "Topic name is invalid: the empty string is not allowed";
        if (name is "." or "..")
            return "Topic name is invalid: '.' or '..' is not allowed";
        if (name.Length > Limits.TopicNameMax)
        {
            return "Topic name is invalid: the length of the name is longer than the max allowed "
                + $"length {Limits.TopicNameMax}";
        }

        return name.All(IsAllowed)
            ? null
            : $"Topic name is invalid: '{Shown(name)}' contains one or more characters other than "
                + "ASCII alphanumerics, '.', '_' and '-'";
    }

    /// <summary>Dot and underscore are the same in metric names: two names that differ only there
    /// collide.</summary>
    internal static bool HaveCollision(string left, string right) =>
        left != right && Unify(left) == Unify(right);

    internal static bool CanCollide(string name) =>
        name.Contains('.', StringComparison.Ordinal)
        || name.Contains('_', StringComparison.Ordinal);

    private static bool IsAllowed(char character) =>
        char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or '-';

    private static string Shown(string name) =>
        new(name.Select(one => char.IsControl(one) ? '?' : one).ToArray());

    private static string Unify(string name) => name.Replace('.', '_');
}
