namespace Teralog.Storage;

/// <summary>What opening a log found and did.</summary>
/// <param name="BytesScanned">Bytes whose CRC was checked.</param>
/// <param name="BytesCut">Bytes of a torn tail that were cut off.</param>
/// <param name="SegmentsDropped">Segments behind a torn one that were dropped.</param>
/// <param name="IndexesRebuilt">Index files that were missing, short or wrong.</param>
public readonly record struct LogRecoveryReport(
    long BytesScanned, long BytesCut, int SegmentsDropped, int IndexesRebuilt);
