namespace Teralog.Metadata;

/// <summary>How a commit ended. Nothing was applied, except where it says otherwise.</summary>
public enum MetadataOutcome
{
    /// <summary>Applied and durable.</summary>
    Committed,

    /// <summary>A comparison did not hold; the message names the first such key.</summary>
    Conflict,

    /// <summary>The transaction breaks a bound of <see cref="MetadataLimits"/> or writes a key
    /// twice: a bug or hostile input of the caller.</summary>
    Invalid,

    /// <summary>The store cannot be written now: it is closed, or failed earlier.</summary>
    Unavailable,

    /// <summary>The write failed or timed out under way: it may or may not be applied. Commit the
    /// same compare-and-set again to learn it; a file store stays unavailable until it is opened
    /// anew (a failed sync is never retried).</summary>
    Unknown,
}

/// <summary>Result of a commit.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Revision">The transaction's revision when committed; else that of the view.</param>
/// <param name="Message">A sentence for all outcomes but <see cref="MetadataOutcome.Committed"/>.
/// </param>
public readonly record struct MetadataCommit(
    MetadataOutcome Outcome, long Revision, string? Message)
{
    /// <summary>Applied and durable.</summary>
    public bool IsCommitted => Outcome == MetadataOutcome.Committed;
}
