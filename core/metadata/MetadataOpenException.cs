namespace Teralog.Metadata;

/// <summary>
/// The store cannot be opened; nothing was changed. The message is one sentence for the operator
/// that names the file.
/// </summary>
public sealed class MetadataOpenException : IOException
{
    /// <summary>An exception without details.</summary>
    public MetadataOpenException()
    {
    }

    /// <summary>An exception with its sentence.</summary>
    public MetadataOpenException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with its sentence and its cause.</summary>
    public MetadataOpenException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
