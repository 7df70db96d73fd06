namespace Teralog.Storage;

/// <summary>
/// A log cannot be opened: damage below what is known to be durable, or a folder that is no
/// partition. Nothing was changed; the message is a sentence for the operator.
/// </summary>
public sealed class LogOpenException : IOException
{
    /// <summary>An exception without details.</summary>
    public LogOpenException()
    {
    }

    /// <summary>An exception that says what is wrong.</summary>
    public LogOpenException(string message)
        : base(message)
    {
    }

    /// <summary>An exception that says what is wrong, and why.</summary>
    public LogOpenException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
