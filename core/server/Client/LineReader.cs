using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Teralog.Server.Client;

/// <summary>Lines as bytes: whatever encoding they have, they arrive as they were.</summary>
internal static class LineReader
{
    /// <summary>Every line without its line feed; the last one needs none.</summary>
    public static async IAsyncEnumerable<byte[]> ReadAsync(
        Stream stream, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(stream, new StreamPipeReaderOptions(
            bufferSize: Limits.ReadBytes));
        while (true)
        {
            var result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            var rest = result.Buffer;
            while (TryLine(ref rest, out var line))
                yield return line;
            if (rest.Length > Limits.LineBytesMax)
                throw new ClientException($"A line has more than {Limits.LineBytesMax} bytes.");
            if (result.IsCompleted && rest.Length > 0)
                yield return rest.ToArray();
            if (result.IsCompleted)
                break;
            reader.AdvanceTo(rest.Start, rest.End);
        }

        await reader.CompleteAsync().ConfigureAwait(false);
    }

    private static bool TryLine(ref ReadOnlySequence<byte> rest, out byte[] line)
    {
        line = [];
        if (rest.PositionOf((byte)'\n') is not { } end)
            return false;
        line = rest.Slice(0, end).ToArray();
        rest = rest.Slice(rest.GetPosition(1, end));
        return true;
    }
}
