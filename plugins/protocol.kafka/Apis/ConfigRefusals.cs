using Teralog.Abstractions;

namespace Teralog.Protocol.Kafka;

/// <summary>What both APIs that change configuration refuse before the broker is asked.</summary>
internal static class ConfigRefusals
{
    public static TopicResult NamedTwice { get; } = new(
        BrokerError.InvalidRequest, "Each resource must appear at most once.");

    public static TopicResult UnknownType { get; } = new(
        BrokerError.InvalidRequest, "Unknown resource type.");

    public static TopicResult UnknownOperation { get; } = new(
        BrokerError.InvalidRequest, "Unknown configuration operation.");

    public static TopicResult RepeatedKeys { get; } = new(
        BrokerError.InvalidRequest, "Error due to duplicate config keys.");

    public static void Log(string resource, TopicResult result, RequestContext context)
    {
        if (result.Error != BrokerError.None)
            context.LogRefused(result.Error.ToCode(), $"'{resource}': {result.Message}");
    }
}
