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
/// is read again only when its text or the project's options change. What is wrong with a file
/// is an error of the build at that file and line.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class SchemaGenerator : IIncrementalGenerator
{
    private static readonly DiagnosticDescriptor Wrong = new(
        "TLS001", "Message schema", "{0}", "Schema", DiagnosticSeverity.Error, true);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var options = context.AnalyzerConfigOptionsProvider.Select((all, _) => ReadOptions(all));
        var files = context.AdditionalTextsProvider
            .Where(file => file.Path.EndsWith(".schema", StringComparison.Ordinal))
            .Select((file, cancel) => (file.Path, Text: file.GetText(cancel)?.ToString() ?? ""));
        context.RegisterSourceOutput(
            files.Combine(options),
            (output, pair) => Generate(output, pair.Left.Path, pair.Left.Text, pair.Right));
    }

    private static SchemaOptions ReadOptions(AnalyzerConfigOptionsProvider provider)
    {
        var all = provider.GlobalOptions;
        return new SchemaOptions(
            all.TryGetValue("build_property.RootNamespace", out var root) ? root : "Teralog",
            all.TryGetValue("build_property.SchemaVisibility", out var visibility)
                && visibility == "public" ? "public" : "internal");
    }

    private static void Generate(
        SourceProductionContext output, string path, string text, SchemaOptions options)
    {
        var source = SourceText.From(text, Encoding.UTF8);
        var lines = source.Lines.Select(line => line.ToString()).ToList();
        var errors = new List<SchemaError>();
        var message = SchemaParser.Parse(lines, errors);
        foreach (var error in errors)
            output.ReportDiagnostic(ToDiagnostic(error, path, source));
        if (message is null)
            return;
        var code = MessageCode.Emit(message, Path.GetFileName(path), options);
        output.AddSource($"{message.Root.Name}.g.cs", SourceText.From(code, Encoding.UTF8));
    }

    private static Diagnostic ToDiagnostic(SchemaError error, string path, SourceText source)
    {
        var span = source.Lines[error.Line].Span;
        var location = Location.Create(path, span, source.Lines.GetLinePositionSpan(span));
        return Diagnostic.Create(Wrong, location, error.Text);
    }
}
