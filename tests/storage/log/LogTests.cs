using Teralog.Records;

namespace Teralog.Storage.Tests.Logs;

public sealed class LogTests
{
    [Fact]
    public void A_log_on_the_real_disk_appends_reads_rolls_and_reopens()
    {
        string path = Directory.CreateTempSubdirectory("teralog-storage-").FullName;
        try
        {
            var config = new LogConfig { SegmentBytes = 1000, IndexIntervalBytes = 100 };
            using (LogDirectory directory = LogDirectory.Open(
                path, new LinuxFileSystem(), TimeProvider.System))
            {
                Log log = directory.CreateLog("topic-0", Guid.NewGuid(), config);
                for (int index = 0; index < 100; index++)
                {
                    var builder = new BatchBuilder();
                    builder.Add(1000 + index, (byte[]?)null, new byte[100]);
                    builder.Add(1000 + index, (byte[]?)null, new byte[10]);
                    LogAppendResult result = log.Append(
                        builder.Build(new BatchBuilderOptions()), new LogAppendOptions());
                    Assert.Equal(LogAppendStatus.Ok, result.Status);
                    Assert.Equal(index * 2, result.FirstOffset);
                }

                Assert.True(log.Sync().IsDurable);
                CheckReads(log);
                directory.Close(isClean: false);
            }

            using (LogDirectory directory = LogDirectory.Open(
                path, new LinuxFileSystem(), TimeProvider.System))
            {
                Log log = directory.OpenLog("topic-0", config);
                CheckReads(log);
                Assert.True(directory.Close(isClean: true));
            }

            using (LogDirectory directory = LogDirectory.Open(
                path, new LinuxFileSystem(), TimeProvider.System))
            {
                Log log = directory.OpenLog("topic-0", config);
                Assert.True(directory.WasClosedCleanly);
                Assert.Equal(0, log.Recovery.BytesScanned);
                CheckReads(log);
            }
        }
        finally
        {
            Directory.Delete(path, recursive: true);
        }
    }

    private static void CheckReads(Log log)
    {
        Assert.Equal(200, log.LogEndOffset);
        for (int offset = 0; offset < 200; offset++)
        {
            LogReadResult read = log.Read(offset, 1, 200, atLeastOneBatch: true);
            Assert.Equal(LogReadStatus.Ok, read.Status);
            byte[] bytes = new byte[read.Slice.LengthBytes];
            Assert.Equal(IoError.None, read.Slice.Read(bytes, 0, out int count));
            Assert.Equal(bytes.Length, count);
            read.Slice.Dispose();
            var header = new BatchHeader(bytes);
            Assert.Equal(offset / 2 * 2, header.BaseOffset);
            Assert.Equal(header.Crc, header.ComputeCrc());
        }
    }
}
