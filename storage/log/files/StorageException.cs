namespace Teralog.Storage;

/// <summary>
/// A file-system operation off the hot path failed (open, rename, delete, list). On the hot path
/// (write, read, sync) the same is an <see cref="IoError"/> value.
/// </summary>
public sealed class StorageException : IOException
{
    /// <summary>An exception without details.</summary>
    public StorageException()
    {
    }

    /// <summary>An exception that says what failed.</summary>
    public StorageException(string message)
        : base(message)
    {
    }

    /// <summary>An exception that says what failed, and why.</summary>
    public StorageException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>An exception with its class of failure.</summary>
    public StorageException(string message, IoError error)
        : base(message) => Error = error;

    /// <summary>The class of failure.</summary>
    public IoError Error { get; } = IoError.Device;
}
