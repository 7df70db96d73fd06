using Teralog.Broker;

namespace Teralog.Server.Configuration;

/// <summary>Secrets are never shown.</summary>
internal static class SecretFilter
{
    public static string Shown(string name, string value) =>
        ConfigRegistry.Brokers.Find(name) is { IsSensitive: true } ? "[hidden]" : value;
}
