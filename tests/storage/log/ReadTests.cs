using Teralog.Records;
using Teralog.Storage.Tests.Recovery;

namespace Teralog.Storage.Tests.Logs;

public sealed class ReadTests
{
    [Fact]
    public void A_fetch_gets_whole_batches_up_to_its_limits()
    {
        var subject = new SimulatedLog(1, SimulatedLog.Small with { SegmentBytes = 1 << 20 });
        byte[][] batches = [.. Enumerable.Range(0, 10).Select(
            index => Batches.Plain(1000 + index, 2))];
        foreach (byte[] batch in batches)
            subject.Append(batch);

        int size = batches[0].Length;
        Assert.Equal(size, Length(subject, 1, 1, 20, atLeastOne: true));
        Assert.Equal(0, Length(subject, 1, 1, 20, atLeastOne: false));
        Assert.Equal(size * 10, Length(subject, 1, 1 << 20, 20, atLeastOne: true));
        Assert.Equal(size * 3, Length(subject, 0, 1 << 20, 6, atLeastOne: true));
        Assert.Equal(size * 2, Length(subject, 0, 1 << 20, 5, atLeastOne: true));
        Assert.Equal(0, Length(subject, 6, 1 << 20, 6, atLeastOne: true));
        Assert.Equal(0, Length(subject, 20, 1 << 20, 20, atLeastOne: true));
        Assert.Equal(LogReadStatus.OffsetOutOfRange,
            subject.Log.Read(21, 1, 30, true).Status);
        Assert.Equal(LogReadStatus.OffsetOutOfRange,
            subject.Log.Read(-1, 1, 30, true).Status);
    }

    [Fact]
    public void A_slice_stays_readable_after_its_segment_was_deleted()
    {
        using var folder = new TemporaryFolder();
        using LogDirectory directory = LogDirectory.Open(
            folder.Path, new LinuxFileSystem(), TimeProvider.System);
        Log log = directory.CreateLog("t-0", Guid.NewGuid(), SimulatedLog.Small);
        byte[] first = Batches.Plain(1, 1, 400);
        for (int index = 0; index < 5; index++)
            log.Append(Batches.Plain(1, 1, 400), new LogAppendOptions { LeaderEpoch = 0 });

        LogReadResult read = log.Read(0, 1 << 20, long.MaxValue, true);
        Assert.NotNull(read.Slice.Handle);
        Assert.True(log.DeleteRecordsBefore(3));
        Assert.Equal(3, log.LogStartOffset);
        Assert.Equal(2, log.SegmentCount);
        byte[] bytes = new byte[read.Slice.LengthBytes];
        Assert.Equal(IoError.None, read.Slice.Read(bytes, 0, out int count));
        Assert.Equal(first.Length, count);
        Assert.Equal(0, new BatchHeader(bytes).BaseOffset);
        read.Slice.Dispose();
        Assert.True(read.Slice.Handle is null or { IsClosed: true });
        Assert.DoesNotContain(Directory.GetFiles(folder.Combine("t-0")),
            file => Path.GetFileName(file).StartsWith(
                "00000000000000000000", StringComparison.Ordinal));
    }

    [Fact]
    public void Readers_and_a_syncing_thread_see_only_whole_published_batches()
    {
        using var folder = new TemporaryFolder();
        using LogDirectory directory = LogDirectory.Open(
            folder.Path, new LinuxFileSystem(), TimeProvider.System);
        Log log = directory.CreateLog("t-0", Guid.NewGuid(), new LogConfig
        {
            SegmentBytes = 50_000,
            IndexIntervalBytes = 500,
            RetentionBytes = 200_000,
        });
        var failures = new System.Collections.Concurrent.ConcurrentQueue<Exception>();
        using var done = new CancellationTokenSource();
        Thread[] threads =
        [
            Start(() => ReadSome(log), failures, done.Token),
            Start(() => ReadSome(log), failures, done.Token),
            Start(() => Assert.True(log.Sync().IsDurable), failures, done.Token),
        ];
        Random random = Seeds.Next();
        for (int index = 0; index < 4000 && failures.IsEmpty; index++)
        {
            byte[] batch = Batches.Plain(1000 + index, 1 + random.Next(3), random.Next(300));
            Assert.Equal(LogAppendStatus.Ok,
                log.Append(batch, new LogAppendOptions()).Status);
            if (index % 500 == 0)
                log.EnforceRetention(2000);
        }

        done.Cancel();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.True(failures.IsEmpty, failures.FirstOrDefault()?.ToString());
    }

    [Fact]
    public void An_append_and_a_read_allocate_nothing_but_index_entries_now_and_then()
    {
        using var folder = new TemporaryFolder();
        using LogDirectory directory = LogDirectory.Open(
            folder.Path, new LinuxFileSystem(), TimeProvider.System);
        Log log = directory.CreateLog("t-0", Guid.NewGuid(), new LogConfig());
        byte[] batch = Batches.Plain(1000, 10, 100);
        Cycle(log, batch, 100);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Cycle(log, batch, 1000);
        long perCycle = (GC.GetAllocatedBytesForCurrentThread() - before) / 1000;
        Assert.InRange(perCycle, 0, 32);
    }

    private static void Cycle(Log log, byte[] batch, int count)
    {
        for (int index = 0; index < count; index++)
        {
            LogAppendResult result = log.Append(batch, new LogAppendOptions());
            LogReadResult read = log.Read(result.FirstOffset, 1 << 20, long.MaxValue, true);
            read.Slice.Dispose();
        }
    }

    private static void ReadSome(Log log)
    {
        long end = log.LogEndOffset;
        long offset = Math.Max(log.LogStartOffset, end - 300);
        LogReadResult read = log.Read(offset, 100_000, end, true);
        if (read.Status == LogReadStatus.OffsetOutOfRange)
            return;

        Assert.Equal(LogReadStatus.Ok, read.Status);
        byte[] bytes = new byte[read.Slice.LengthBytes];
        Assert.Equal(IoError.None, read.Slice.Read(bytes, 0, out int count));
        Assert.Equal(bytes.Length, count);
        read.Slice.Dispose();
        long next = 0;
        foreach (BatchHeader header in new BatchEnumerator(bytes))
        {
            Assert.Equal(header.Crc, header.ComputeCrc());
            Assert.True(next == 0 ? header.LastOffset >= offset : header.BaseOffset == next);
            next = header.NextOffset;
            Assert.True(next <= end);
        }
    }

    private static Thread Start(Action work,
        System.Collections.Concurrent.ConcurrentQueue<Exception> failures, CancellationToken done)
    {
        var thread = new Thread(() =>
        {
            try
            {
                while (!done.IsCancellationRequested)
                    work();
            }
            catch (Exception exception)
            {
                failures.Enqueue(exception);
            }
        });
        thread.Start();
        return thread;
    }

    private static int Length(
        SimulatedLog subject, long offset, int maxBytes, long bound, bool atLeastOne)
    {
        LogReadResult read = subject.Log.Read(offset, maxBytes, bound, atLeastOne);
        Assert.Equal(LogReadStatus.Ok, read.Status);
        read.Slice.Dispose();
        return read.Slice.LengthBytes;
    }
}
