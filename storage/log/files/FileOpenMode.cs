namespace Teralog.Storage;

/// <summary>How <see cref="IFileSystem.Open"/> opens a file.</summary>
public enum FileOpenMode
{
    /// <summary>To read; it must be there.</summary>
    Read,

    /// <summary>To read and write; created where missing.</summary>
    ReadWrite,

    /// <summary>To read and write; created empty, whatever was there.</summary>
    Create,
}
