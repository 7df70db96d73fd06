namespace Teralog.Storage;

/// <summary>Whether a batch was found.</summary>
internal enum PlaceStatus
{
    /// <summary>There is none at or above the offset.</summary>
    None = 0,

    /// <summary>It is there.</summary>
    Found,

    /// <summary>What stands there is no batch.</summary>
    Damaged,
}
