using Teralog.Broker;

namespace Teralog.Server.Configuration;

/// <summary>
/// Merges built-in values, the property file and <c>--set</c>, weakest first, and checks all of it:
/// every error is said at once, with file and line.
/// </summary>
internal sealed class ConfigurationLoader
{
    /// <summary>The plugin folder: a name of this executable, not of the broker.</summary>
    public const string PluginPath = "plugin.path";

    // Names that the broker's table calls without effect because the host layer acts on them.
    private static readonly HashSet<string> _ownNames = new(StringComparer.Ordinal)
    {
        PluginPath, "listener.security.protocol.map", "controller.listener.names",
        "metadata.log.dir",
    };

    private readonly Dictionary<string, Setting> _settings = new(StringComparer.Ordinal);
    private readonly List<string> _errors = [];
    private readonly List<string> _warnings = [];
    private string? _file;

    /// <summary>What is wrong, one line each; empty where <see cref="Finish"/> gave something.
    /// </summary>
    public IReadOnlyList<string> Errors => _errors;

    /// <summary>What is set, ordered by name.</summary>
    public IReadOnlyList<Setting> Changed =>
        _settings.Values.OrderBy(setting => setting.Name, StringComparer.Ordinal).ToList();

    public void Add(Setting setting) => _settings[setting.Name] = setting;

    public void AddBuiltIn(string name, string value) =>
        Add(new Setting(name, value, Setting.BuiltIn));

    public void AddFile(string path)
    {
        _file = Path.GetFullPath(path);
        string text;
        try
        {
            text = File.ReadAllText(_file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _errors.Add($"The configuration file {_file} cannot be read: {exception.Message}");
            return;
        }

        var seen = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var setting in PropertyFile.Parse(text, Path.GetFileName(path), _errors))
        {
            if (!seen.TryAdd(setting.Name, setting.Origin))
                _warnings.Add($"{setting.Origin}: {setting.Name} was set before at "
                    + $"{seen[setting.Name]}; this one counts.");
            Add(setting);
        }
    }

    /// <summary>One <c>name=value</c> of the command line.</summary>
    public void AddAssignment(string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        if (at <= 0)
            _errors.Add($"{Setting.FromCommandLine} {text}: write it as name=value.");
        else
            Add(new Setting(text[..at].Trim(), text[(at + 1)..].Trim(), Setting.FromCommandLine));
    }

    /// <summary>The configuration, or null with <see cref="Errors"/>.</summary>
    public ServerConfiguration? Finish()
    {
        ApplyDefaults();
        CheckNames();
        var listeners = new ListenerParser(Value, Origin);
        var specs = listeners.Parse();
        _errors.AddRange(listeners.Errors);
        _warnings.AddRange(listeners.Warnings);
        if (_errors.Count > 0)
            return null;
        var settings = BrokerSettings.Create(ForBroker(), out var errors);
        _errors.AddRange(errors);
        return settings is null ? null : new ServerConfiguration(
            settings, specs, Changed, _warnings, _file, PluginFolder());
    }

    private void ApplyDefaults()
    {
        if (!_settings.ContainsKey("listeners"))
            AddBuiltIn("listeners", "PLAINTEXT://127.0.0.1:9092");
        if (!_settings.ContainsKey("log.dirs") && !_settings.ContainsKey("log.dir"))
            AddBuiltIn("log.dirs", DataFolders.Default());
    }

    private void CheckNames()
    {
        var idle = new List<string>();
        foreach (var setting in Changed.Where(one => one.Name != PluginPath))
        {
            if (BrokerSettings.Check(setting.Name, setting.Value) is { } error)
                _errors.Add($"{setting.Origin}: {error}");
            else if (!_ownNames.Contains(setting.Name)
                && ConfigRegistry.Brokers.Find(setting.Name) is null or { HasEffect: false })
                idle.Add(setting.Name);
        }

        if (idle.Count > 0)
            _warnings.Add($"Known Kafka settings without effect here: {string.Join(", ", idle)}.");
    }

    private IEnumerable<KeyValuePair<string, string>> ForBroker() => _settings.Values
        .Where(one => one.Name != PluginPath)
        .Select(one => KeyValuePair.Create(one.Name, one.Value));

    private string PluginFolder() => Path.GetFullPath(
        _settings.TryGetValue(PluginPath, out var own) && own.Value.Length > 0
            ? own.Value
            : Path.Combine(AppContext.BaseDirectory, "plugins"));

    private string Value(string name) => _settings.TryGetValue(name, out var setting)
        ? setting.Value
        : ConfigRegistry.Brokers.Find(name)?.Default ?? "";

    private string Origin(string name) =>
        _settings.TryGetValue(name, out var setting) ? setting.Origin : "default";
}
