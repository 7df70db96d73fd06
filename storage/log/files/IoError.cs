namespace Teralog.Storage;

/// <summary>Why a file operation failed, as far as callers treat it differently.</summary>
public enum IoError
{
    /// <summary>It did not fail.</summary>
    None = 0,

    /// <summary>The disk or the quota is full.</summary>
    NoSpace,

    /// <summary>The file or folder is not there.</summary>
    NotFound,

    /// <summary>The process may open no more files.</summary>
    TooManyOpenFiles,

    /// <summary>The file system is read-only, or the user may not do this.</summary>
    NotAllowed,

    /// <summary>Everything else: the device or the file system is broken.</summary>
    Device,
}
