using System.Text;

namespace Teralog.Interop.Harness;

/// <summary>What a program that has ended said.</summary>
internal sealed record CommandResult(string What, int ExitCode, byte[] OutputBytes, string Errors)
{
    public string Output => Encoding.UTF8.GetString(OutputBytes);

    public string[] Lines =>
        Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Fails the test with everything the program said unless it ended well.</summary>
    public CommandResult Ok()
    {
        Assert.True(ExitCode == 0,
            $"{What}\nended with {ExitCode}\n{Tail(Output)}\n{Tail(Errors)}");
        return this;
    }

    /// <summary>Fails the test unless the output has this text.</summary>
    public CommandResult Says(string text)
    {
        Assert.True(Output.Contains(text, StringComparison.Ordinal),
            $"{What}\ndid not say: {text}\nbut:\n{Tail(Output)}\n{Tail(Errors)}");
        return this;
    }

    private static string Tail(string text) => text.Length <= 6_000 ? text : text[^6_000..];
}
