namespace Teralog.Protocol.Kafka;

/// <summary>How a fetch stands to its session (KIP-227).</summary>
internal enum FetchContext
{
    /// <summary>No session, and none is wanted.</summary>
    Sessionless,

    /// <summary>All partitions are named; a session may be made of them.</summary>
    Full,

    /// <summary>The session has the partitions; unchanged ones are left out of the answer.
    /// </summary>
    Incremental,

    /// <summary>FETCH_SESSION_ID_NOT_FOUND.</summary>
    SessionNotFound,

    /// <summary>INVALID_FETCH_SESSION_EPOCH.</summary>
    InvalidEpoch,

    /// <summary>FETCH_SESSION_TOPIC_ID_ERROR: names and ids are mixed in one session.</summary>
    TopicIdError,
}
