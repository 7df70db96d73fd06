using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Teralog.PluginHost;

/// <summary>
/// Loads every plugin of a folder: one folder a plugin, each with a <c>plugin.json</c>. Manifest,
/// API range, hash, own load context (contracts and framework always the host's), entry type,
/// registrations. Called once, on the start-up thread.
/// </summary>
public static partial class PluginLoader
{
    /// <summary>Loads the folder; every plugin is tried, so that all refusals are said at once.
    /// </summary>
    /// <param name="folder">The folder of plugin folders; folders with a leading dot are skipped.
    /// </param>
    /// <param name="services">Lent to the plugins.</param>
    public static PluginLoadResult Load(string folder, PluginHostServices services)
    {
        var root = Path.GetFullPath(folder);
        if (!Directory.Exists(root))
            return Refused($"The plugin folder {root} does not exist: install the plugins there, "
                + "or set plugin.path.");
        var folders = Directory.GetDirectories(root)
            .Where(path => !Path.GetFileName(path).StartsWith('.'))
            .Order(StringComparer.Ordinal).ToList();
        return folders.Count > Limits.PluginsMax
            ? Refused($"The plugin folder {root} has {folders.Count} folders; at most "
                + $"{Limits.PluginsMax} are loaded.")
            : LoadAll(folders, services);
    }

    private static PluginLoadResult LoadAll(List<string> folders, PluginHostServices services)
    {
        var catalog = new CatalogBuilder();
        var plugins = folders.Select(path => LoadOne(path, catalog, services)).ToList();
        var refusals = plugins.Where(plugin => plugin.Status == PluginStatus.Refused)
            .Select(plugin => plugin.Message).ToList();
        return new PluginLoadResult(
            refusals.Count == 0 ? catalog.Build() : null, plugins, refusals);
    }

    /// <remarks>Catches everything: whatever foreign code throws while it loads is a refusal of
    /// that plugin, and the sentence names it.</remarks>
    private static PluginInfo LoadOne(
        string folder, CatalogBuilder catalog, PluginHostServices services)
    {
        var folderName = Path.GetFileName(folder);
        PluginManifest? manifest = null;
        try
        {
            manifest = ManifestReader.Read(folder);
            catalog.ClaimId(manifest.Id, folderName);
            var registrations = Register(manifest, folder, catalog, services);
            catalog.Accept(manifest.Id, registrations);
            var names = string.Join(", ", registrations.Select(r => r.Name));
            return Info(PluginStatus.Loaded, names);
        }
        catch (Exception exception)
        {
            var id = manifest?.Id ?? folderName;
            LogRefused(services.Loggers.CreateLogger("PluginHost"), exception, id);
            return Info(PluginStatus.Refused, $"Plugin '{id}' {Sentence(exception)}.");
        }

        PluginInfo Info(PluginStatus status, string message) => new(
            manifest?.Id ?? folderName, manifest?.Kind, manifest?.Version ?? "", folder, status,
            message);
    }

    private static IReadOnlyList<Registration> Register(
        PluginManifest manifest, string folder, CatalogBuilder catalog, PluginHostServices services)
    {
        var plugin = EntryPoint.Create(manifest, folder);
        var registry = new PluginRegistry(manifest, catalog);
        plugin.Register(registry, new PluginContext(manifest.Id, services));
        return registry.Close();
    }

    private static string Sentence(Exception exception) => exception switch
    {
        PluginRefusedException refused => refused.Message,
        TargetInvocationException { InnerException: { } inner } => Sentence(inner),
        BadImageFormatException => "has an entry that is not a .NET assembly for this machine",
        ReflectionTypeLoadException or TypeLoadException or MissingMemberException
            or FileNotFoundException or FileLoadException =>
            "does not fit this broker or misses an assembly of its own: " + OneLine(exception),
        _ => $"failed to start: {exception.GetType().Name}: {OneLine(exception)}",
    };

    private static string OneLine(Exception exception) =>
        exception.Message.ReplaceLineEndings(" ").TrimEnd('.', ' ');

    private static PluginLoadResult Refused(string sentence) => new(null, [], [sentence]);

    [LoggerMessage(EventId = 1, Level = LogLevel.Debug, Message = "Plugin {Id} is refused")]
    private static partial void LogRefused(ILogger logger, Exception exception, string id);
}
