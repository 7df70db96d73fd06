namespace Teralog.Broker;

/// <summary>The broker cannot start, and the user can do something about it: the message is one
/// sentence that says what.</summary>
public sealed class BrokerStartException : Exception
{
    /// <summary>An exception without a sentence.</summary>
    public BrokerStartException()
    {
    }

    /// <summary>An exception with its sentence.</summary>
    public BrokerStartException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with its sentence and its cause.</summary>
    public BrokerStartException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
