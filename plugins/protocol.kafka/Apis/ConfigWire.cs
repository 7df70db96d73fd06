using Teralog.Abstractions;

namespace Teralog.Protocol.Kafka;

/// <summary>Numbers of configuration resources and sources on the wire.</summary>
internal static class ConfigWire
{
    /// <summary>A resource type; unknown ones are told apart by the caller.</summary>
    public static ConfigResourceKind KindFromWire(sbyte type) => type switch
    {
        2 => ConfigResourceKind.Topic,
        4 => ConfigResourceKind.Broker,
        8 => ConfigResourceKind.BrokerLogger,
        16 => ConfigResourceKind.ClientMetrics,
        32 => ConfigResourceKind.Group,
        _ => ConfigResourceKind.Unknown,
    };

    public static sbyte SourceToWire(ConfigSource source)
    {
#pragma warning disable CS8524 // A value outside the enum is a bug and throws.
        return source switch
        {
            ConfigSource.Unknown => 0,
            ConfigSource.DynamicTopic => 1,
            ConfigSource.DynamicBroker => 2,
            ConfigSource.DynamicDefaultBroker => 3,
            ConfigSource.StaticBroker => 4,
            ConfigSource.Default => 5,
            ConfigSource.DynamicGroup => 8,
        };
#pragma warning restore CS8524
    }

    public static sbyte TypeToWire(ConfigValueType type)
    {
#pragma warning disable CS8524 // A value outside the enum is a bug and throws.
        return type switch
        {
            ConfigValueType.Unknown => 0,
            ConfigValueType.Boolean => 1,
            ConfigValueType.String => 2,
            ConfigValueType.Int => 3,
            ConfigValueType.Short => 4,
            ConfigValueType.Long => 5,
            ConfigValueType.Double => 6,
            ConfigValueType.List => 7,
            ConfigValueType.Class => 8,
            ConfigValueType.Password => 9,
        };
#pragma warning restore CS8524
    }
}
