using System.Globalization;
using System.Runtime.InteropServices;
using Teralog.PluginHost;
using Teralog.Server.Configuration;

namespace Teralog.Server.Hosting;

/// <summary>
/// What an operator wants to know of a broker that has just started: at most
/// <see cref="LinesMax"/> lines, the last one begins with <see cref="Ready"/>, which scripts wait
/// for. A pure function of what it is given.
/// </summary>
internal static class StartSummary
{
    public const int LinesMax = 12;
    public const string Ready = "Ready.";

    private const int WarningsMax = 2;
    private const int ChangedMax = 8;

    /// <summary>A log directory with its file system and free space.</summary>
    internal sealed record Volume(string Path, string FileSystem, long FreeBytes);

    public static List<string> Lines(ServerHost host, IReadOnlyList<Volume> volumes)
    {
        var configuration = host.Configuration;
        var lines = new List<string>
        {
            $"teralog {ServerVersion.Text} on {RuntimeInformation.FrameworkDescription}, "
                + $"{Environment.ProcessorCount} processors, process {Environment.ProcessId}",
            Line("cluster", $"{host.ClusterId}, node {configuration.Settings.NodeId}, "
                + $"topics {host.TopicCount}"),
            Line("listen", string.Join("; ", host.Listeners)),
            Line("data", string.Join("; ", volumes.Select(Describe))),
            Line("security", "no authentication, no encryption, no authorisation"),
            Line("config", configuration.File ?? "built-in defaults"),
        };
        AddIf(lines, "changed", Changed(configuration.Changed));
        lines.Add(Line("plugins", string.Join(", ", host.Plugins.Select(Describe))));
        lines.AddRange(Warnings(configuration.Warnings));
        lines.Add($"{Ready} Bootstrap server: {host.Listeners[0].Advertised}");
        return lines;
    }

    public static Volume Measure(string path)
    {
        try
        {
            var drive = new DriveInfo(path);
            return new Volume(path, drive.DriveFormat, drive.AvailableFreeSpace);
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new Volume(path, "unknown", -1);
        }
    }

    internal static string Changed(IReadOnlyList<Setting> settings)
    {
        var own = settings.Where(one => one.Origin != Setting.BuiltIn).ToList();
        var shown = own.Take(ChangedMax).Select(Describe);
        var rest = own.Count - ChangedMax;
        return string.Join(", ", shown)
            + (rest > 0 ? $" and {rest} more (teralog config print --changed --origin)" : "");
    }

    internal static IEnumerable<string> Warnings(IReadOnlyList<string> warnings)
    {
        var shown = warnings.Count > WarningsMax ? WarningsMax - 1 : warnings.Count;
        foreach (var warning in warnings.Take(shown))
            yield return Line("warning", warning);
        if (warnings.Count > shown)
            yield return Line("warning", $"and {warnings.Count - shown} more in the log");
    }

    private static string Describe(Setting setting) =>
        $"{setting.Name}={SecretFilter.Shown(setting.Name, setting.Value)} ({setting.Origin})";

    private static string Describe(PluginInfo plugin) => $"{plugin.Id} {plugin.Version}";

    private static string Describe(Volume volume) => volume.FreeBytes < 0
        ? volume.Path
        : string.Create(CultureInfo.InvariantCulture,
            $"{volume.Path} ({volume.FileSystem}, {volume.FreeBytes / (double)(1 << 30):F1} GiB "
            + $"free)");

    private static string Line(string label, string text) => $"  {label,-9}{text}";

    private static void AddIf(List<string> lines, string label, string text)
    {
        if (text.Length > 0)
            lines.Add(Line(label, text));
    }
}
