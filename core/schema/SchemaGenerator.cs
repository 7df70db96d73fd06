using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Teralog.Schema.Emit;
using Teralog.Schema.Model;

namespace Teralog.Schema;

/// <summary>
/// Makes one class of every <c>*.schema</c> file among the AdditionalFiles of a project. A file
/// is read again only when its text or the project's root namespace changes. What is wrong with
/// a file is an error of the build at that file and line.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class SchemaGenerator : IIncrementalGenerator
{
    private static readonly DiagnosticDescriptor Wrong = new(
        "TLS001", "Message schema", "{0}", "Schema", DiagnosticSeverity.Error, true);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var root = context.AnalyzerConfigOptionsProvider.Select((all, _) => RootNamespace(all));
        var files = context.AdditionalTextsProvider
            .Where(file => file.Path.EndsWith(".schema", StringComparison.Ordinal))
            .Select((file, cancel) => (file.Path, Text: file.GetText(cancel)?.ToString() ?? ""));
        context.RegisterSourceOutput(
            files.Combine(root),
            (output, pair) => Generate(output, pair.Left.Path, pair.Left.Text, pair.Right));
    }

    private static string RootNamespace(AnalyzerConfigOptionsProvider provider) =>
        provider.GlobalOptions.TryGetValue("build_property.RootNamespace", out var root)
            ? root : "Teralog";

    private static void Generate(
        SourceProductionContext output, string path, string text, string root)
    {
        var source = SourceText.From(text, Encoding.UTF8);
        var lines = source.Lines.Select(line => line.ToString()).ToList();
        var errors = new List<SchemaError>();
        var message = SchemaParser.Parse(lines, errors);
        foreach (var error in errors)
            output.ReportDiagnostic(ToDiagnostic(error, path, source));
        if (message is null)
            return;
        var code = MessageCode.Emit(message, Path.GetFileName(path), root);
        output.AddSource($"{message.Root.Name}.g.cs", SourceText.From(code, Encoding.UTF8));
    }

    private static Diagnostic ToDiagnostic(SchemaError error, string path, SourceText source)
    {
        var span = source.Lines[error.Line].Span;
        var location = Location.Create(path, span, source.Lines.GetLinePositionSpan(span));
        return Diagnostic.Create(Wrong, location, error.Text);
    }
}
