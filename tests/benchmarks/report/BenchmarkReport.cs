using System.Globalization;
using System.Text.Json;

namespace Teralog.Benchmarks.Report;

/// <summary>All that a run found: as a table for people, as JSON with every run for machines.
/// </summary>
internal sealed record BenchmarkReport(
    DateTimeOffset At, string Processor, int Cores, string Kernel, string Congestion,
    List<Row> Rows, List<StartResult> Starts)
{
    private static readonly JsonSerializerOptions _json = new()
    {
        WriteIndented = true,
        NumberHandling = System.Text.Json.Serialization.JsonNumberHandling
            .AllowNamedFloatingPointLiterals,
    };

    public string Save(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(
            folder, $"benchmark-{At.UtcDateTime:yyyyMMdd-HHmmss}.json");
        File.WriteAllText(path, JsonSerializer.Serialize(this, _json));
        return path;
    }

    /// <summary>Markdown: medians, with ratios to Kafka (less is better for us).</summary>
    public void WriteTable(TextWriter output)
    {
        output.WriteLine($"{At:yyyy-MM-dd HH:mm} UTC, {Cores} cores {Processor}, "
            + $"Linux {Kernel}, TCP {Congestion}");
        output.WriteLine();
        output.WriteLine("| load | quiet runs | CPU s/GB: ours | Kafka | ratio (of minima) "
            + "| p50 us: ours | Kafka | ratio | p99 us: ours | Kafka | ratio "
            + "| MB/s: ours | Kafka | B allocated/request |");
        output.WriteLine(string.Concat(Enumerable.Repeat("| --- ", 14)) + "|");
        foreach (var row in Rows)
            output.WriteLine(Line(row));
        if (Starts.Count == 0)
            return;
        output.WriteLine();
        output.WriteLine("| | ours | Kafka | ratio |");
        output.WriteLine("| --- | --- | --- | --- |");
        output.WriteLine(Line("start to first Metadata, ms", each => each.FirstMetadataMs));
        output.WriteLine(Line("resident when idle, MB", each => each.IdleResidentMb));
        output.WriteLine(Line("resident at most under produce, MB", each => each.LoadResidentMb));
    }

    private static string Line(Row row) => string.Create(CultureInfo.InvariantCulture,
        $"| {row.Name} | {row.QuietLegs} {Triple(row, leg => leg.CpuSecondsPerGb, "F3")} "
        + $"({row.LeastRatio(leg => leg.CpuSecondsPerGb):F2}) "
        + $"{Triple(row, leg => leg.P50Us, "F0")} {Triple(row, leg => leg.P99Us, "F0")} "
        + $"| {row.TeralogMedian(leg => leg.MbPerSecond):F0} "
        + $"| {row.KafkaMedian(leg => leg.MbPerSecond):F0} "
        + $"| {row.TeralogMedian(leg => leg.AllocatedBytesPerRequest ?? 0):F1} |");

    private static string Triple(Row row, Func<Leg, double> of, string format)
    {
        var culture = CultureInfo.InvariantCulture;
        return $"| {row.TeralogMedian(of).ToString(format, culture)} "
            + $"| {row.KafkaMedian(of).ToString(format, culture)} "
            + $"| {row.MedianRatio(of).ToString("F2", culture)}";
    }

    private string Line(string name, Func<StartResult, double> of)
    {
        var ours = Row.Median(Starts.Where(each => each.Broker == "teralog").Select(of));
        var kafka = Row.Median(Starts.Where(each => each.Broker == "kafka").Select(of));
        return string.Create(CultureInfo.InvariantCulture,
            $"| {name} | {ours:F0} | {kafka:F0} | {ours / kafka:F2} |");
    }
}
