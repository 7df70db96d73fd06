using Teralog.Abstractions;

namespace Teralog.Broker;

/// <summary>What is known of one configuration name.</summary>
/// <param name="Name">Kafka's name, or one of our own.</param>
/// <param name="Type">Type of the value.</param>
/// <param name="Default">Value where nothing is set; null means none.</param>
/// <param name="Valid">Allowed values in Kafka's notation, for example <c>[0,...]</c>; empty where
/// every value of the type is allowed.</param>
/// <param name="Update">How it can be changed.</param>
/// <param name="HasEffect">False for names that are accepted because Kafka knows them, and do
/// nothing here.</param>
/// <param name="IsHidden">Not listed unless it is set.</param>
/// <param name="Synonyms">Names that give the value where this one is not set, strongest first.
/// </param>
/// <param name="Documentation">A sentence.</param>
public sealed record ConfigDefinition(
    string Name, ConfigValueType Type, string? Default, string Valid, ConfigUpdate Update,
    bool HasEffect, bool IsHidden, IReadOnlyList<string> Synonyms, string Documentation)
{
    /// <summary>Whether the value must never be shown.</summary>
    public bool IsSensitive => Type == ConfigValueType.Password;

    /// <summary>What is wrong with a value, as Kafka says it; null where it is right.</summary>
    public string? Check(string value)
    {
        string? reason = ConfigValues.Check(Type, Valid, value);
        if (reason is null)
            return null;

        string shown = IsSensitive ? "[hidden]" : value;
        return $"Invalid value {shown} for configuration {Name}: {reason}";
    }
}
