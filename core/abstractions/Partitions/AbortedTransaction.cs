namespace Teralog.Abstractions;

/// <summary>A reader skips this producer's records from the first offset to its abort
/// marker.</summary>
public readonly record struct AbortedTransaction(long ProducerId, long FirstOffset);
