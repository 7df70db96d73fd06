using System.Net;
using Microsoft.Extensions.Logging;

namespace Teralog.Net;

/// <summary>What this project reports; one method a message.</summary>
internal static partial class Log
{
    [LoggerMessage(
        1, LogLevel.Error, "Connection {Id} from {Peer} on {Listener}: its handler threw")]
    public static partial void HandlerThrew(
        ILogger logger, Exception exception, long id, IPEndPoint peer, string listener);

    [LoggerMessage(2, LogLevel.Error, "Work posted to a loop threw")]
    public static partial void PostedWorkThrew(ILogger logger, Exception exception);

    [LoggerMessage(
        3,
        LogLevel.Warning,
        "Listener {Listener}: accepting pauses, errno {Errno}: raise the limit of open files "
        + "or lower max.connections")]
    public static partial void AcceptPaused(ILogger logger, string listener, int errno);

    [LoggerMessage(4, LogLevel.Information, "Listener {Listener}: accepting goes on")]
    public static partial void AcceptResumed(ILogger logger, string listener);

    [LoggerMessage(
        5,
        LogLevel.Warning,
        "Listener {Listener}: {Peer} was refused: {Limit} connections ({Count} refused lately)")]
    public static partial void ConnectionRefused(
        ILogger logger, string listener, IPEndPoint peer, int limit, int count);

    [LoggerMessage(
        6, LogLevel.Debug, "Connection {Id} from {Peer} on {Listener} closed: {Reason} {Detail}")]
    public static partial void Closed(
        ILogger logger, long id, IPEndPoint peer, string listener, CloseReason reason,
        string? detail);

    [LoggerMessage(7, LogLevel.Error, "A lease threw when it was disposed")]
    public static partial void LeaseThrew(ILogger logger, Exception exception);

    [LoggerMessage(
        8, LogLevel.Warning, "Listener {Listener}: the system refused {Option}: errno {Errno}")]
    public static partial void OptionRefused(
        ILogger logger, string listener, string option, int errno);

    [LoggerMessage(
        9, LogLevel.Warning, "Listener {Listener}: a connection was dropped: errno {Errno}")]
    public static partial void ConnectionDropped(ILogger logger, string listener, int errno);
}
