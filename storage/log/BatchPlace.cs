namespace Teralog.Storage;

/// <summary>Where a batch stands in a segment.</summary>
/// <param name="Status">Whether there is one.</param>
/// <param name="Position">Its position; the end of the segment where there is none.</param>
/// <param name="SizeBytes">Its size.</param>
internal readonly record struct BatchPlace(PlaceStatus Status, long Position, int SizeBytes);
