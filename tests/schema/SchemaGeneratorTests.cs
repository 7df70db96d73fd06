namespace Teralog.Schema.Tests;

/// <summary>What schema text becomes, and what wrong text is told.</summary>
public sealed class SchemaGeneratorTests
{
    private const string Head = "request Test key 7 versions 1-5 flexible 3+\n";

    [Theory]
    [InlineData("", "no message")]
    [InlineData("query Test versions 0", "no kind of message")]
    [InlineData("request Test versions 0-1", "key")]
    [InlineData("data Test", "versions are missing")]
    [InlineData("data Test versions 3-1", "not understood")]
    [InlineData("data Test versions 0 flexible", "pairs")]
    [InlineData("data Test key 4 versions 0", "'key 4' is not understood")]
    public void AWrongFirstLineIsAnError(string text, string part) =>
        Assert.Contains(new SchemaText(text).Errors(), error =>
            error.Line == 1 && error.Text.Contains(part, StringComparison.Ordinal));

    [Theory]
    [InlineData("name: string", "no name")]
    [InlineData("Name:", "type is missing")]
    [InlineData("Name: text", "no type 'text'")]
    [InlineData("Name: []bool", "arrays of bool")]
    [InlineData("Name: Other", "no struct Other")]
    [InlineData("Name: int32 sometimes", "'sometimes' is not understood")]
    [InlineData("Name: int32 6+", "no version of the message")]
    [InlineData("Name: int32?", "cannot be null")]
    [InlineData("Name: string = null", "never nullable")]
    [InlineData("Name: string tag 0", "version without tags")]
    [InlineData(" Name: string", "indent by two spaces")]
    [InlineData("    Name: string", "indented below nothing")]
    [InlineData("TestRequest: string", "has its struct's name")]
    [InlineData("Name string", "neither a field")]
    public void AWrongFieldIsAnErrorAtItsLine(string field, string part)
    {
        var errors = new SchemaText(Head + "Good: int32\n" + field + "\n").Errors();
        Assert.Contains(errors, error =>
            error.Line == 3 && error.Text.Contains(part, StringComparison.Ordinal));
    }

    [Fact]
    public void AllErrorsOfAFileComeAtOnce()
    {
        var errors = new SchemaText(Head + "A: what\nB: int32\nC: that\nD: int32 x").Errors();
        Assert.Equal([2, 4, 5], errors.Select(error => error.Line));
    }

    [Fact]
    public void AStructMayNotHoldItself()
    {
        var errors = new SchemaText(Head + "A: []Node\n  Next: []Node\n").Errors();
        Assert.Contains(errors, error => error.Text.Contains("holds itself"));
    }

    [Fact]
    public void EveryFormCompilesWithoutAWarning()
    {
        var code = new SchemaText(Head + """
            # Comments and empty lines are skipped.
            Id: uuid 2-4
            Name: string null 4+ = null   # null from 4 on

            Flags: []int8?
            Blob: bytes 2+ null 3+
            Items: []Item null 2-3
              Key: int16 = -1
              Owner: Owner? 3+ tag 1
              Rest: Owner? = null
            Last: Owner 4+ tag 0

            struct Owner
              Epoch: int64 = 5
              Weight: float64
              Names: []string
            """).Code();
        Assert.Contains("class TestRequest : IWireMessage", code);
        Assert.Contains("public static short ApiKey => 7;", code);
        Assert.Contains("if (version is >= 2 and <= 4)", code);
        Assert.Contains("(short)(version >= 3 ? 2 : 1)", code);
    }
}
