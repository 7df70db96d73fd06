using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Teralog.Architecture.Tests;

/// <summary>Small by force: sizes and shapes of source files. There is no suppression
/// list.</summary>
public sealed class TidyTests
{
    private const int ColumnsMax = 100;
    private const int FileLinesMax = 500;
    private const int FunctionLinesMax = 70;

    [Fact]
    public void Lines_are_short() => AssertNone(
        from file in Repository.SourceFiles
        from line in Repository.Read(file).Split('\n').Index()
        where line.Item.TrimEnd('\r').Length > ColumnsMax
        select $"{file}:{line.Index + 1} has {line.Item.Length} columns");

    [Fact]
    public void Files_are_short() => AssertNone(
        from file in Repository.SourceFiles
        let lines = Repository.Read(file).Count(character => character == '\n')
        where lines > FileLinesMax
        select $"{file} has {lines} lines");

    [Fact]
    public void Functions_are_short() => AssertNone(
        from file in Repository.SourceFiles
        from function in Parse(file).DescendantNodes().Where(IsFunction)
        let lines = LinesOf(function)
        where lines > FunctionLinesMax
        select $"{file}: a function of {lines} lines: {FirstLine(function)}");

    [Fact]
    public void A_file_holds_one_class_or_struct() => AssertNone(
        from file in Repository.ProductSourceFiles
        let types = Parse(file).DescendantNodes().OfType<TypeDeclarationSyntax>()
            .Where(type => type is not RecordDeclarationSyntax
                && type.Parent is BaseNamespaceDeclarationSyntax or CompilationUnitSyntax)
            .Select(type => type.Identifier.Text).Distinct().ToList()
        where types.Count > 1
        select $"{file}: {string.Join(", ", types)}");

    [Theory]
    [InlineData("#reg" + "ion"), InlineData("TO" + "DO"), InlineData("FIX" + "ME")]
    [InlineData("HA" + "CK")]
    [InlineData("NotImplemented" + "Exception()")]
    public void Nothing_is_left_behind(string word) => AssertNone(
        from file in Repository.SourceFiles
        where Repository.Read(file).Contains(word, StringComparison.Ordinal)
        select $"{file} has {word}");

    [Fact]
    public void Banned_symbols_are_let_in_only_where_they_are_owned() => AssertNone(
        from file in Repository.SourceFiles
        where !file.StartsWith("tests/architecture/", StringComparison.Ordinal)
        where Repository.Read(file).Contains("disable RS0030", StringComparison.Ordinal)
        where !MayUseBanned.Contains(file)
        select $"{file} switches the ban off");

    /// <summary>One file each, with the reason beside the pragma.</summary>
    private static readonly string[] MayUseBanned = [];

    private static SyntaxNode Parse(string file) =>
        CSharpSyntaxTree.ParseText(Repository.Read(file), path: file).GetRoot();

    private static bool IsFunction(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax
            or LocalFunctionStatementSyntax;

    private static int LinesOf(SyntaxNode node)
    {
        var span = node.SyntaxTree.GetLineSpan(node.Span);
        return span.EndLinePosition.Line - span.StartLinePosition.Line + 1;
    }

    private static string FirstLine(SyntaxNode node) => node.ToString().Split('\n')[0].Trim();

    private static void AssertNone(IEnumerable<string> findings)
    {
        var found = findings.ToList();
        Assert.True(found.Count == 0, string.Join('\n', found));
    }
}
