using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Teralog.Records.Wire;

namespace Teralog.Schema.Tests;

/// <summary>One schema file through the generator, as the compiler runs it.</summary>
internal sealed class SchemaText(string text) : AdditionalText
{
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(System.IO.Path.PathSeparator)
            .Append(typeof(IWireStruct).Assembly.Location)
            .Distinct()
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <inheritdoc/>
    public override string Path => "/messages/Test.schema";

    /// <inheritdoc/>
    public override SourceText GetText(CancellationToken cancellationToken = default) =>
        SourceText.From(text);

    /// <summary>Line (from 1) and text of every error.</summary>
    public IReadOnlyList<(int Line, string Text)> Errors() => [.. Run(out _).Diagnostics.Select(
        found => (found.Location.GetLineSpan().StartLinePosition.Line + 1, found.GetMessage()))];

    /// <summary>The generated file, after the compiler accepted it without a warning.</summary>
    public string Code()
    {
        var result = Run(out var compilation);
        Assert.Empty(result.Diagnostics);
        Assert.Empty(compilation.GetDiagnostics().Where(
            found => found.Severity >= DiagnosticSeverity.Warning));
        return Assert.Single(result.GeneratedTrees).ToString();
    }

    private GeneratorDriverRunResult Run(out Compilation compilation)
    {
        var empty = CSharpCompilation.Create("Test", references: References,
            options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        return CSharpGeneratorDriver.Create(new SchemaGenerator())
            .AddAdditionalTexts([this])
            .RunGeneratorsAndUpdateCompilation(empty, out compilation, out _)
            .GetRunResult();
    }
}
