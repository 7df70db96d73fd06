using Spectre.Console;

namespace Teralog.Server.Commands;

/// <summary>
/// Tables: drawn on a terminal, aligned plain text in a pipe, so that scripts can cut columns.
/// </summary>
internal static class Terminal
{
    public static bool IsRich => !Console.IsOutputRedirected
        && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public static void Table(
        TextWriter output, string[] header, IEnumerable<string[]> rows)
    {
        var all = rows.ToList();
        if (IsRich)
            Draw(header, all);
        else
            Align(output, [header, .. all]);
    }

    private static void Draw(string[] header, List<string[]> rows)
    {
        var table = new Table().Border(TableBorder.Rounded);
        foreach (var column in header)
            table.AddColumn(new TableColumn(Markup.Escape(column)));
        foreach (var row in rows)
            table.AddRow(row.Select(Markup.Escape).ToArray());
        AnsiConsole.Write(table);
    }

    private static void Align(TextWriter output, List<string[]> rows)
    {
        var widths = Enumerable.Range(0, rows[0].Length)
            .Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
            output.WriteLine(string.Join("  ", row.Select(
                (cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
