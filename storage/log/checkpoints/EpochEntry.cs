namespace Teralog.Storage;

/// <summary>A leader epoch and the offset of its first record.</summary>
/// <param name="Epoch">The epoch.</param>
/// <param name="StartOffset">Where it begins.</param>
internal readonly record struct EpochEntry(int Epoch, long StartOffset);
