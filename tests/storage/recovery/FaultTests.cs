using FsCheck.Xunit;

namespace Teralog.Storage.Tests.Recovery;

/// <summary>Calls that fail: what was durable stays, and nothing is acknowledged wrongly.</summary>
public sealed class FaultTests
{
    [Property(MaxTest = 200)]
    public void After_a_failing_call_the_durable_prefix_comes_back(
        int seed, byte failAt, bool isNoSpace, bool isPowerLost)
    {
        var random = new Random(seed);
        var subject = new SimulatedLog(seed);
        var acknowledged = new List<byte>();
        int durableBytes = 0;
        subject.Disk.FailAt(
            1 + failAt, isNoSpace ? IoError.NoSpace : IoError.Device, random.Next(2) == 0);
        for (int step = 0; step < 60; step++)
        {
            byte[] batch = Batches.Plain(1000 + step, 1 + random.Next(3), random.Next(80));
            if (subject.Append(batch, step / 20).Status == LogAppendStatus.Ok)
                acknowledged.AddRange(batch);
            if (random.Next(4) == 0 && subject.Log.Sync().IsDurable)
                durableBytes = acknowledged.Count;
        }

        if (isPowerLost)
            subject.LosePower();
        else
            subject.Kill();
        byte[] read = subject.ReadAll(0);
        Assert.InRange(read.Length, isPowerLost ? durableBytes : acknowledged.Count, int.MaxValue);
        Assert.True(read.Length <= acknowledged.Count);
        Assert.Equal(acknowledged.Take(read.Length), read);
    }

    [Fact]
    public void A_full_disk_refuses_and_goes_on_when_there_is_room_again()
    {
        var subject = new SimulatedLog(1);
        Assert.Equal(LogAppendStatus.Ok, subject.Append(Batches.Plain(1)).Status);
        subject.Disk.FailAt(1, IoError.NoSpace, isLasting: true);

        // The undoing of what was half written fails as well, so the directory is given up.
        Assert.Equal(LogAppendStatus.Failed, subject.Append(Batches.Plain(2)).Status);
        Assert.True(subject.Directory.HasFailed);

        subject = new SimulatedLog(1);
        byte[] first = Batches.Plain(1);
        Assert.Equal(LogAppendStatus.Ok, subject.Append(first).Status);
        subject.Disk.FailAt(1, IoError.NoSpace);
        Assert.Equal(LogAppendStatus.DiskFull, subject.Append(Batches.Plain(2)).Status);
        Assert.Equal(first, subject.Disk.Content(
            SimulatedLog.Path("00000000000000000000.log")));
        byte[] third = Batches.Plain(3);
        Assert.Equal(1, subject.Append(third).FirstOffset);
        Assert.Equal((byte[])[.. first, .. third], subject.ReadAll(0));
    }

    [Fact]
    public void A_failed_sync_is_never_repeated_and_ends_the_directory()
    {
        var subject = new SimulatedLog(1);
        subject.Append(Batches.Plain(1));
        Assert.Equal(new SyncResult(true, 1), subject.Log.Sync());
        subject.Append(Batches.Plain(2));
        subject.Disk.FailAt(1, IoError.Device);
        Assert.Equal(new SyncResult(false, 1), subject.Log.Sync());
        long calls = subject.Disk.CallCount;
        Assert.Equal(new SyncResult(false, 1), subject.Log.Sync());
        Assert.Equal(calls, subject.Disk.CallCount);
        Assert.True(subject.Directory.Failure.IsCompleted);
        Assert.Equal(LogAppendStatus.Failed, subject.Append(Batches.Plain(3)).Status);
        Assert.False(subject.Directory.Close(isClean: true));
    }
}
