using Teralog.Net.Native;

namespace Teralog.Net;

/// <summary>
/// Moves an output queue into a socket: neighbouring buffers in one call, slices by sendfile, and
/// a header that is followed by a slice is held back by the kernel so that both leave together.
/// </summary>
internal static unsafe class OutputSender
{
    /// <summary>Sends until the queue is empty, the socket full, or the share of a turn used.
    /// </summary>
    public static SendResult Send(
        OutputQueue queue, FileWarmer warmer, int fd, long bytesMax, out long sentBytes)
    {
        sentBytes = 0;
        while (queue.PendingBytes > 0)
        {
            if (sentBytes >= bytesMax)
                return SendResult.TurnOver;
            // A segment that was asked for and never written to is given back.
            if (queue[0].Remaining == 0)
                queue.Sent(0);
            var isSlice = queue[0].IsSlice;
            if (isSlice && IsCold(ref queue[0], warmer))
                return SendResult.FileCold;
            var sent = isSlice
                ? SendSlice(ref queue[0], fd, out var asked)
                : SendBuffers(queue, fd, out asked);
            if (sent < 0)
            {
                var errno = Libc.LastError;
                if (errno == Errno.Interrupted)
                    continue;
                return Classify(errno, isSlice);
            }
            if (sent == 0 && isSlice)
                return SendResult.FileFailed;
            queue.Sent(sent);
            sentBytes += sent;
            if (sent < asked)
                return SendResult.SocketFull;
        }
        queue.Sent(0);
        return SendResult.Done;
    }

    private static SendResult Classify(int errno, bool isSlice)
    {
        if (errno == Errno.Again)
            return SendResult.SocketFull;
        return isSlice && Errno.IsFileFault(errno)
            ? SendResult.FileFailed
            : SendResult.PeerGone;
    }

    /// <summary>What the next call would send of a slice.</summary>
    public static int ChunkBytes(in OutputItem slice) =>
        Math.Min(slice.Remaining, Limits.SendFileBytesMax);

    private static bool IsCold(ref OutputItem slice, FileWarmer warmer)
    {
        if (slice.Position < slice.WarmUntil)
            return false;
        var chunkBytes = ChunkBytes(slice);
        if (warmer.IsCold(slice.Descriptor, slice.Position, chunkBytes))
            return true;
        slice.WarmUntil = slice.Position + chunkBytes;
        return false;
    }

    private static nint SendSlice(ref OutputItem slice, int fd, out nint asked)
    {
        asked = ChunkBytes(slice);
        var offset = slice.Position;
        return Libc.SendFile(fd, slice.Descriptor, &offset, (nuint)asked);
    }

    private static nint SendBuffers(OutputQueue queue, int fd, out nint asked)
    {
        var vectors = stackalloc IoVector[Limits.GatherMax];
        asked = 0;
        int index = 0, count = 0;
        for (; index < queue.Count && count < Limits.GatherMax; index++)
        {
            ref var item = ref queue[index];
            if (item.IsSlice)
                break;
            if (item.Remaining == 0)
                continue;
            vectors[count].Base = item.Buffer!.Pointer + item.Start;
            vectors[count++].Length = (nuint)item.Remaining;
            asked += item.Remaining;
        }
        var more = queue.PendingBytes > asked ? Libc.MessageMore : 0;
        var flags = Libc.MessageNoSignal | more;
        if (count == 1)
            return Libc.Send(fd, vectors[0].Base, vectors[0].Length, flags);
        var message = new MessageHeader { Vectors = vectors, VectorCount = (nuint)count };
        return Libc.SendMessage(fd, &message, flags);
    }
}
