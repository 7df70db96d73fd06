namespace Teralog.Abstractions;

/// <summary>What a producer waits for.</summary>
public enum RequiredAcks
{
    /// <summary>Nothing; the completion still comes, for the frontend's bookkeeping.</summary>
    None = 0,
    /// <summary>The leader's append.</summary>
    Leader = 1,
    /// <summary>Whatever the replication strategy calls acknowledged: all in-sync replicas, or a
    /// sync to disk.</summary>
    All = -1,
}
