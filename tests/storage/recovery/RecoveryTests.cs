using Teralog.Records;

namespace Teralog.Storage.Tests.Recovery;

public sealed class RecoveryTests
{
    private const string FirstLog = "00000000000000000000.log";

    private static readonly LogConfig OneSegment =
        SimulatedLog.Small with { SegmentBytes = 1 << 20 };

    [Fact]
    public void Cut_at_every_byte_the_whole_batches_before_it_are_kept()
    {
        SimulatedLog subject = Filled(OneSegment, batches: 6);
        byte[] whole = subject.Disk.Content(SimulatedLog.Path(FirstLog))!;
        for (int length = 0; length <= whole.Length; length++)
        {
            subject.Disk.Kill();
            subject.Disk.SetContent(SimulatedLog.Path(FirstLog), whole[..length]);
            subject.Reopen();
            byte[] expected = WholeBatches(whole.AsSpan(0, length)).ToArray();
            Assert.Equal(expected, subject.ReadAll(0));
            Assert.Equal(expected, subject.Disk.Content(SimulatedLog.Path(FirstLog)));
            Assert.Equal(length - expected.Length, subject.Log.Recovery.BytesCut);
        }
    }

    [Fact]
    public void A_bit_flipped_anywhere_above_the_recovery_point_ends_the_log_there()
    {
        SimulatedLog subject = Filled(OneSegment, batches: 4);
        byte[] whole = subject.Disk.Content(SimulatedLog.Path(FirstLog))!;
        Random random = Seeds.Next();
        for (int trial = 0; trial < 200; trial++)
        {
            byte[] damaged = whole.ToArray();
            int at = random.Next(whole.Length);
            damaged[at] ^= (byte)(1 << random.Next(8));
            subject.Disk.Kill();
            subject.Disk.SetContent(SimulatedLog.Path(FirstLog), damaged);
            subject.Reopen();
            int batch = WholeBatches(whole.AsSpan(0, at)).Length;

            // The leader epoch stands outside the CRC, and nothing contradicts it.
            byte[] read = subject.ReadAll(0);
            if (at - batch is >= 12 and < 16)
                Assert.Equal(damaged, read);
            else
                Assert.Equal(whole[..batch], read);
        }
    }

    [Fact]
    public void Garbage_behind_the_last_batch_is_cut()
    {
        SimulatedLog subject = Filled(OneSegment, batches: 5);
        byte[] whole = subject.Disk.Content(SimulatedLog.Path(FirstLog))!;
        foreach (byte[] garbage in (byte[][])[new byte[34], new byte[5000],
            Seeds.Next().Bytes(300), [255, 255, 255, 255, 255, 255, 255, 255, 127, 255, 255, 255]])
        {
            subject.Disk.Kill();
            subject.Disk.SetContent(SimulatedLog.Path(FirstLog), [.. whole, .. garbage]);
            subject.Reopen();
            Assert.Equal(whole, subject.ReadAll(0));
            Assert.Equal(garbage.Length, subject.Log.Recovery.BytesCut);
        }
    }

    [Fact]
    public void Damage_below_the_recovery_point_is_reported_and_nothing_is_changed()
    {
        SimulatedLog subject = Filled(SimulatedLog.Small, batches: 30);
        Assert.True(subject.Log.SegmentCount > 3);
        Assert.True(subject.Log.Sync().IsDurable);
        Assert.True(subject.Directory.WriteCheckpoints());
        subject.Append(Batches.Plain(5000));
        string last = subject.Disk.List($"{SimulatedLog.Root}/{SimulatedLog.Folder}")
            .Last(name => name.EndsWith(".log", StringComparison.Ordinal));
        byte[] damaged = subject.Disk.Content(SimulatedLog.Path(last))!;
        damaged[70] ^= 1;
        subject.Disk.Kill();
        subject.Disk.SetContent(SimulatedLog.Path(last), damaged);
        LogOpenException refused = Assert.Throws<LogOpenException>(subject.Reopen);
        Assert.Contains(last, refused.Message, StringComparison.Ordinal);
        Assert.Equal(damaged, subject.Disk.Content(SimulatedLog.Path(last)));
    }

    [Fact]
    public void A_log_that_lost_durable_records_whole_is_reported_too()
    {
        SimulatedLog subject = Filled(OneSegment, batches: 5);
        Assert.True(subject.Log.Sync().IsDurable);
        Assert.True(subject.Directory.WriteCheckpoints());
        byte[] whole = subject.Disk.Content(SimulatedLog.Path(FirstLog))!;
        subject.Disk.Kill();
        subject.Disk.SetContent(SimulatedLog.Path(FirstLog),
            WholeBatches(whole.AsSpan(0, whole.Length - 1)).ToArray());
        Assert.Throws<LogOpenException>(subject.Reopen);
    }

    [Fact]
    public void Sealed_segments_with_wrong_indexes_answer_as_before()
    {
        SimulatedLog subject = Filled(SimulatedLog.Small, batches: 60);
        byte[] expected = subject.ReadAll(0);
        OffsetForTime? time = subject.Log.OffsetForTimestamp(1030);
        subject.CloseAndReopen();
        Random random = Seeds.Next();
        foreach (string name in subject.Disk.List($"{SimulatedLog.Root}/{SimulatedLog.Folder}"))
        {
            if (!name.EndsWith("index", StringComparison.Ordinal))
                continue;

            Assert.True(subject.Directory.Close(isClean: true));
            byte[] content = subject.Disk.Content(SimulatedLog.Path(name))!;
            byte[] damaged = random.Next(3) switch
            {
                0 => [],
                1 => random.Bytes(content.Length),
                _ => new byte[content.Length],
            };

            // A clean log reads no more than it must, so the harm shows at the first lookup.
            subject.Disk.SetContent(SimulatedLog.Path(name), damaged);
            subject.Reopen();
            Assert.Equal(expected, subject.ReadAll(0, maxBytes: 1));
            Assert.Equal(time, subject.Log.OffsetForTimestamp(1030));
        }
    }

    [Fact]
    public void Preallocated_index_tails_as_Kafka_leaves_them_are_taken()
    {
        SimulatedLog subject = Filled(SimulatedLog.Small, batches: 30);
        byte[] expected = subject.ReadAll(0);
        Assert.True(subject.Directory.Close(isClean: true));
        foreach (string name in subject.Disk.List($"{SimulatedLog.Root}/{SimulatedLog.Folder}"))
        {
            if (name.EndsWith("index", StringComparison.Ordinal))
            {
                subject.Disk.SetContent(SimulatedLog.Path(name),
                    [.. subject.Disk.Content(SimulatedLog.Path(name))!, .. new byte[1200]]);
            }
        }

        subject.Reopen();
        Assert.Equal(0, subject.Log.Recovery.BytesScanned);
        Assert.Equal(expected, subject.ReadAll(0));
        Assert.Equal(1030, subject.Log.OffsetForTimestamp(1030)!.Value.TimestampMs);
    }

    [Fact]
    public void Deleted_records_stay_deleted_when_the_power_goes_right_after()
    {
        SimulatedLog subject = Filled(SimulatedLog.Small, batches: 30);
        Assert.True(subject.Log.DeleteRecordsBefore(17));
        subject.LosePower();
        Assert.True(subject.Log.LogStartOffset >= 17);
        Assert.True(subject.Log.LogEndOffset >= 17);
    }

    private static SimulatedLog Filled(LogConfig config, int batches)
    {
        var subject = new SimulatedLog(7, config);
        for (int index = 0; index < batches; index++)
        {
            Assert.Equal(LogAppendStatus.Ok,
                subject.Append(Batches.Plain(1000 + (index * 5), 1 + (index % 3))).Status);
        }

        return subject;
    }

    private static ReadOnlySpan<byte> WholeBatches(ReadOnlySpan<byte> bytes)
    {
        var walk = new BatchEnumerator(bytes);
        while (walk.MoveNext())
        {
        }

        return bytes[..walk.NextPosition];
    }
}
