namespace Teralog.Protocol.Kafka;

/// <summary>What the kinds of <see cref="FetchContext"/> mean.</summary>
internal static class FetchContexts
{
    public static bool IsError(this FetchContext context) =>
        context.ToCode() != ErrorCode.None;

    public static ErrorCode ToCode(this FetchContext context)
    {
#pragma warning disable CS8524 // A value outside the enum is a bug and throws.
        return context switch
        {
            FetchContext.Sessionless => ErrorCode.None,
            FetchContext.Full => ErrorCode.None,
            FetchContext.Incremental => ErrorCode.None,
            FetchContext.SessionNotFound => ErrorCode.FetchSessionIdNotFound,
            FetchContext.InvalidEpoch => ErrorCode.InvalidFetchSessionEpoch,
            FetchContext.TopicIdError => ErrorCode.FetchSessionTopicIdError,
        };
#pragma warning restore CS8524
    }
}
