using System.Net;
using Microsoft.Extensions.Logging;

namespace Teralog.Protocol.Kafka;

/// <summary>The lines that this frontend writes about connections and requests.</summary>
internal static partial class ConnectionLog
{
    /// <summary>One line for each connection that is closed for what it sent.</summary>
    [LoggerMessage(
        EventId = 1, Level = LogLevel.Warning,
        Message = "Closing the connection of {Peer} (client id '{ClientId}') to listener "
            + "{Listener}: {Api} version {Version}: {Reason}")]
    public static partial void Rejected(
        ILogger logger, IPEndPoint peer, string clientId, string listener, string api,
        int version, string reason);

    [LoggerMessage(
        EventId = 2, Level = LogLevel.Information,
        Message = "{Api} version {Version} of {Peer} (client id '{ClientId}') answered with "
            + "{Error}: {Reason}")]
    public static partial void Refused(
        ILogger logger, string api, int version, IPEndPoint peer, string clientId,
        ErrorCode error, string reason);

    [LoggerMessage(
        EventId = 3, Level = LogLevel.Error,
        Message = "{Api} version {Version} of {Peer} (client id '{ClientId}') failed; this is a "
            + "bug of the broker")]
    public static partial void HandlerFailed(
        ILogger logger, Exception exception, string api, int version, IPEndPoint peer,
        string clientId);
}
