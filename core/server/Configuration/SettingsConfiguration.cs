using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Primitives;
using Teralog.Broker;

namespace Teralog.Server.Configuration;

/// <summary>
/// The broker's settings as plugins read them: flat, by Kafka's names, defaults filled in, secrets
/// left out, read-only.
/// </summary>
internal sealed class SettingsConfiguration(BrokerSettings settings, string path = "")
    : IConfigurationSection
{
    public string Key => path;

    public string Path => path;

    public string? Value
    {
        get => this[""];
        set => this[""] = value;
    }

    public string? this[string key]
    {
        get => Find(path.Length > 0 && key.Length > 0 ? $"{path}.{key}" : path + key);
        set => throw new NotSupportedException("A plugin does not change the configuration.");
    }

    /// <summary>Kafka's names have no sections: none are listed.</summary>
    public IEnumerable<IConfigurationSection> GetChildren() => [];

    public IChangeToken GetReloadToken() => new CancellationChangeToken(CancellationToken.None);

    public IConfigurationSection GetSection(string key) =>
        new SettingsConfiguration(settings, path.Length > 0 ? $"{path}.{key}" : key);

    private string? Find(string name) =>
        ConfigRegistry.Brokers.Find(name) is { IsSensitive: true } ? null : settings.Get(name);
}
