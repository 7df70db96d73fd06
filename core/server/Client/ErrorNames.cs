using System.Globalization;

namespace Teralog.Server.Client;

/// <summary>Names of the error codes that the client's requests get, as Kafka writes them.
/// </summary>
internal static class ErrorNames
{
    public const short None = 0;
    public const short OffsetOutOfRange = 1;
    public const short UnknownTopic = 3;
    public const short LeaderNotAvailable = 5;
    public const short NotLeader = 6;
    public const short TopicExists = 36;

    private static readonly Dictionary<short, string> _names = new()
    {
        [-1] = "UNKNOWN_SERVER_ERROR", [1] = "OFFSET_OUT_OF_RANGE", [2] = "CORRUPT_MESSAGE",
        [3] = "UNKNOWN_TOPIC_OR_PARTITION", [5] = "LEADER_NOT_AVAILABLE",
        [6] = "NOT_LEADER_OR_FOLLOWER", [7] = "REQUEST_TIMED_OUT", [10] = "MESSAGE_TOO_LARGE",
        [17] = "INVALID_TOPIC_EXCEPTION", [19] = "NOT_ENOUGH_REPLICAS",
        [20] = "NOT_ENOUGH_REPLICAS_AFTER_APPEND", [29] = "TOPIC_AUTHORIZATION_FAILED",
        [35] = "UNSUPPORTED_VERSION", [36] = "TOPIC_ALREADY_EXISTS", [37] = "INVALID_PARTITIONS",
        [38] = "INVALID_REPLICATION_FACTOR", [39] = "INVALID_REPLICA_ASSIGNMENT",
        [40] = "INVALID_CONFIG", [41] = "NOT_CONTROLLER", [42] = "INVALID_REQUEST",
        [44] = "POLICY_VIOLATION", [56] = "KAFKA_STORAGE_ERROR",
        [73] = "TOPIC_DELETION_DISABLED", [87] = "INVALID_RECORD",
    };

    public static string Of(short code) => _names.TryGetValue(code, out var name)
        ? name
        : string.Create(CultureInfo.InvariantCulture, $"error {code}");

    /// <summary>The name with the broker's sentence, where it sent one.</summary>
    public static string Of(short code, string? message) =>
        string.IsNullOrEmpty(message) ? Of(code) : $"{Of(code)}: {message}";

    /// <summary>Errors that pass when the client asks for the leader again.</summary>
    public static bool IsPassing(short code) =>
        code is UnknownTopic or LeaderNotAvailable or NotLeader;
}
