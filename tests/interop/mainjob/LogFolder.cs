using System.Text.RegularExpressions;
using Teralog.Interop.Harness;

namespace Teralog.Interop.MainJob;

/// <summary>Kafka's own reader over every segment and index of a topic.</summary>
internal static partial class LogFolder
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Runs dump-log and returns what it complains about; says how many files it
    /// read.</summary>
    public static async Task<(List<string> Complaints, int Files, long Records)> DumpAsync(
        string logFolder, string topic)
    {
        var files = Directory.GetDirectories(logFolder, $"{topic}-*")
            .SelectMany(Directory.GetFiles)
            .Where(file => file.EndsWith(".log") || file.EndsWith("index")).Order().ToArray();
        var complaints = new List<string>();
        long records = 0;
        async Task ReadAsync(Stream output)
        {
            using var reader = new StreamReader(output);
            while (await reader.ReadLineAsync() is { } line)
                if (line.StartsWith("| offset:"))
                    records++;
                else if (Bad().IsMatch(line))
                    complaints.Add(line);
        }

        var dumped = await Command.RunAsync(Paths.Kafka!,
            ["dump-log", "--deep-iteration", "--files", string.Join(',', files)],
            null, ReadAsync, Patience);
        dumped.Ok();
        if (dumped.Errors.Length > 0)
            complaints.Add(dumped.Errors);
        return (complaints, files.Length, records);
    }

    [GeneratedRegex("isvalid: false|Mismatches|Non-consecutive|mismatch|invalid bytes|" +
        "out of order|inconsistent|corrupt|exception", RegexOptions.IgnoreCase)]
    private static partial Regex Bad();
}
