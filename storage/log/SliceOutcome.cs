namespace Teralog.Storage;

/// <summary>What looking for a slice in one segment came to.</summary>
internal enum SliceOutcome
{
    /// <summary>A slice, which may be empty because of its limits.</summary>
    Found,

    /// <summary>Nothing at or above the offset in this segment.</summary>
    NextSegment,

    /// <summary>Bytes that cannot be read, or are no batches.</summary>
    Failed,
}
