namespace Teralog.Server.Configuration;

/// <summary>One name with its value and where it was written.</summary>
/// <param name="Name">Kafka's name, or one of our own.</param>
/// <param name="Value">As written, without surrounding blanks.</param>
/// <param name="Origin">For people: <c>server.properties:12</c>, <c>--set</c>, <c>built in</c>.
/// </param>
internal sealed record Setting(string Name, string Value, string Origin)
{
    public const string FromCommandLine = "--set";
    public const string BuiltIn = "built in";
}
