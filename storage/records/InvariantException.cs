namespace Teralog.Records;

/// <summary>A bug: what the code relies on did not hold. See <see cref="Invariant"/>.</summary>
public sealed class InvariantException : Exception
{
    /// <summary>An exception without a message.</summary>
    public InvariantException()
    {
    }

    /// <summary>An exception that says which invariant was violated.</summary>
    public InvariantException(string message)
        : base(message)
    {
    }

    /// <summary>An exception that says which invariant was violated, and why.</summary>
    public InvariantException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
