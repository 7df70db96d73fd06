using Microsoft.Extensions.Time.Testing;
using Teralog.Records;
using Teralog.TestKit;

namespace Teralog.Storage.Tests.Recovery;

/// <summary>A log on a simulated disk that can be killed and opened again.</summary>
internal sealed class SimulatedLog
{
    public const string Root = "/data";
    public const string Folder = "topic-0";

    public static readonly LogConfig Small = new()
    {
        SegmentBytes = 600,
        IndexIntervalBytes = 100,
        RetentionMs = -1,
        ProducerExpirationMs = long.MaxValue,
    };

    public SimulatedLog(int seed, LogConfig? config = null)
    {
        Config = config ?? Small;
        Disk = new SimulatedFileSystem(seed);
        Directory = LogDirectory.Open(Root, Disk, Clock);
        Log = Directory.CreateLog(Folder, Guid.NewGuid(), Config);
    }

    public LogConfig Config { get; set; }

    public SimulatedFileSystem Disk { get; }

    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.FromUnixTimeMilliseconds(50_000));

    public LogDirectory Directory { get; private set; }

    public Log Log { get; private set; }

    public static string Path(string name) => $"{Root}/{Folder}/{name}";

    public LogAppendResult Append(byte[] batch, int epoch = 0) =>
        Log.Append(batch, new LogAppendOptions { LeaderEpoch = epoch });

    public void Kill()
    {
        Disk.Kill();
        Reopen();
    }

    public void LosePower()
    {
        Disk.LosePower();
        Reopen();
    }

    public void CloseAndReopen()
    {
        Assert.True(Directory.Close(isClean: true));
        Assert.Equal(0, Disk.OpenFiles);
        Reopen();
        Assert.True(Directory.WasClosedCleanly);
        Assert.Equal(0, Log.Recovery.BytesScanned);
    }

    public void Reopen()
    {
        Directory = LogDirectory.Open(Root, Disk, Clock);
        Log = Directory.OpenLog(Folder, Config);
    }

    /// <summary>All batches from an offset on, as a consumer gets them.</summary>
    public byte[] ReadAll(long offset, int maxBytes = int.MaxValue)
    {
        var all = new List<byte>();
        while (offset < Log.LogEndOffset)
        {
            LogReadResult read = Log.Read(offset, maxBytes, long.MaxValue, true);
            Assert.Equal(LogReadStatus.Ok, read.Status);
            Assert.True(read.Slice.LengthBytes > 0);
            byte[] bytes = new byte[read.Slice.LengthBytes];
            Assert.Equal(IoError.None, read.Slice.Read(bytes, 0, out int count));
            Assert.Equal(bytes.Length, count);
            read.Slice.Dispose();
            foreach (BatchHeader batch in new BatchEnumerator(bytes))
            {
                Assert.Equal(batch.Crc, batch.ComputeCrc());
                all.AddRange(batch.Bytes);
                offset = batch.NextOffset;
            }
        }

        return [.. all];
    }
}
