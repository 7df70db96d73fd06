using System.Buffers;

namespace Teralog.Records;

/// <summary>Compresses a records section; a codec gives it to <see cref="BatchBuilder"/>.</summary>
/// <param name="records">The records, not compressed.</param>
/// <param name="output">Where the payload goes.</param>
public delegate void BatchCompressor(ReadOnlySpan<byte> records, IBufferWriter<byte> output);
