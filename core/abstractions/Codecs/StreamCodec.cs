using System.Buffers;

namespace Teralog.Abstractions;

/// <summary>For codecs whose library speaks streams: drives one under a cap.</summary>
public static class StreamCodec
{
    private const int ReadBytes = 16 * 1024;

    /// <summary>
    /// Reads <paramref name="plain"/> to its end into <paramref name="destination"/>. What the
    /// library throws about bad input becomes <see cref="CodecResult.Corrupt"/>.
    /// </summary>
    public static CodecResult CopyCapped(
        Stream plain, IBufferWriter<byte> destination, long capBytes)
    {
        long written = 0;
        try
        {
            while (true)
            {
                int read = plain.Read(destination.GetSpan(ReadBytes));
                if (read == 0) return CodecResult.Done;
                written += read;
                if (written > capBytes) return CodecResult.CapExceeded;
                destination.Advance(read);
            }
        }
        catch (Exception error) when (IsAboutInput(error))
        {
            return CodecResult.Corrupt;
        }
    }

    /// <summary>A read-only stream over bytes that stay fixed while <paramref name="use"/> runs.
    /// </summary>
    public static unsafe CodecResult OverSource(
        ReadOnlySpan<byte> source, Func<Stream, CodecResult> use)
    {
        if (source.IsEmpty) return use(Stream.Null);
        fixed (byte* start = source)
        {
            using var stream = new UnmanagedMemoryStream(start, source.Length);
            return use(stream);
        }
    }

    /// <summary>Libraries say "not supported" and "not implemented" of frames that they do not
    /// read: to us both are bad input.</summary>
    private static bool IsAboutInput(Exception error) =>
        error is InvalidDataException or IOException or InvalidOperationException
            or NotSupportedException or ArgumentException or NotImplementedException
        || error.GetType().Name.StartsWith("Zstd", StringComparison.Ordinal);
}
