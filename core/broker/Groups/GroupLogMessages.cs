using Microsoft.Extensions.Logging;
using Teralog.Abstractions;

namespace Teralog.Broker.Groups;

/// <summary>What the coordinator says in the log.</summary>
internal static partial class GroupLogMessages
{
    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Groups: a write to __consumer_offsets-{Partition} failed: {Error}.")]
    public static partial void WriteFailed(ILogger logger, int partition, BrokerError error);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Groups: __consumer_offsets-{Partition} could not be read at offset {Offset}: "
            + "{Error}. Its groups are not served.")]
    public static partial void LoadFailed(
        ILogger logger, int partition, long offset, BrokerError error);

    [LoggerMessage(
        Level = LogLevel.Debug,
        Message = "Groups: __consumer_offsets-{Partition} loaded, {Groups} groups, "
            + "{Skipped} records of unknown types skipped.")]
    public static partial void Loaded(ILogger logger, int partition, int groups, long skipped);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Groups: __consumer_offsets cannot be created: {Error}.")]
    public static partial void CreateFailed(ILogger logger, BrokerError error);
}
