using System.Security.Cryptography;

namespace Teralog.Protocol.Kafka;

/// <summary>
/// All fetch sessions of the process, bounded by count and by partitions. When it is full, a new
/// session takes the place of one that was idle for long, or of a smaller one that is old; where
/// there is neither, the client goes on without a session, as Kafka has it.
/// </summary>
internal sealed class FetchSessionCache(int sessionsMax, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, FetchSession> _sessions = [];

    public int Count
    {
        get
        {
            lock (_lock)
                return _sessions.Count;
        }
    }

    private long NowMs => clock.GetTimestamp() * 1000 / clock.TimestampFrequency;

    /// <summary>What the request's session id and epoch mean; an incremental request gets all of
    /// its session's partitions.</summary>
    public (FetchContext Context, FetchSession? Session) Resolve(FetchPending pending)
    {
        var (id, epoch) = (pending.Parameters.SessionId, pending.Parameters.SessionEpoch);
        if (epoch is FetchSession.InitialEpoch or FetchSession.FinalEpoch)
        {
            if (id != 0)
                Remove(id);
            var full = epoch == FetchSession.InitialEpoch;
            return (full ? FetchContext.Full : FetchContext.Sessionless, null);
        }
        if (Find(id) is not { } session)
            return (FetchContext.SessionNotFound, null);
        var context = session.Update(
            pending, FetchWriter.HasTopicIds(pending.Version), NowMs);
        return context != FetchContext.Incremental ? (context, null) : Check(session);
    }

    /// <summary>Makes a session of a full fetch that is about to be answered; its id, or 0 where
    /// there is no place.</summary>
    public int Create(FetchPending pending)
    {
        if (pending.PartitionCount == 0)
            return 0;
        FetchSession session;
        lock (_lock)
        {
            if (!MakePlace(pending.PartitionCount))
                return 0;
            var id = RandomNumberGenerator.GetInt32(1, int.MaxValue);
            while (_sessions.ContainsKey(id))
                id = RandomNumberGenerator.GetInt32(1, int.MaxValue);
            session = new(id, FetchWriter.HasTopicIds(pending.Version), NowMs);
            _sessions.Add(id, session);
        }
        session.Fill(pending);
        return session.Id;
    }

    /// <summary>
    /// Which session a new one of <paramref name="size"/> partitions may replace: the one idle for
    /// longest, if for long enough, else the smallest that is old and smaller than the new one.
    /// </summary>
    internal static FetchSession? Victim(
        IEnumerable<FetchSession> sessions, int size, long nowMs)
    {
        var idle = sessions.MinBy(session => session.LastUsedMs);
        if (idle is null || nowMs - idle.LastUsedMs > Limits.FetchSessionEvictionMs)
            return idle;
        return sessions
            .Where(session => nowMs - session.CreatedMs > Limits.FetchSessionEvictionMs)
            .Where(session => session.Count < size)
            .MinBy(session => session.Count);
    }

    private (FetchContext Context, FetchSession? Session) Check(FetchSession session)
    {
        if (session.Count == 0)
        {
            Remove(session.Id);
            return (FetchContext.Sessionless, null);
        }
        if (session.Count <= Limits.FetchSessionPartitionsMax)
            return (FetchContext.Incremental, session);
        Remove(session.Id);
        return (FetchContext.SessionNotFound, null);
    }

    private FetchSession? Find(int id)
    {
        lock (_lock)
            return _sessions.GetValueOrDefault(id);
    }

    private void Remove(int id)
    {
        lock (_lock)
            _ = _sessions.Remove(id);
    }

    private bool MakePlace(int size)
    {
        while (_sessions.Count > 0 && !Fits(size))
        {
            var victim = Victim(_sessions.Values, size, NowMs);
            if (victim is null)
                return false;
            _ = _sessions.Remove(victim.Id);
        }
        return Fits(size);
    }

    private bool Fits(int size) =>
        _sessions.Count < sessionsMax
        && _sessions.Values.Sum(session => (long)session.Count) + size
            <= Limits.FetchSessionPartitionsMax;
}
