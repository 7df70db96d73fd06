using FsCheck.Xunit;
using Teralog.Records;

namespace Teralog.Storage.Tests.Records;

/// <summary>The fast walk of lengths takes exactly what the reader of records takes.</summary>
public sealed class RecordWalkTests
{
    [Property(MaxTest = 300)]
    public void The_walk_and_the_reader_agree_on_right_batches(int seed) =>
        CheckAgreement(Batches.Random(new Random(seed)), mustBeWhole: true);

    [Property(MaxTest = 2000)]
    public void The_walk_and_the_reader_agree_on_damaged_batches(int seed)
    {
        var random = new Random(seed);
        byte[] batch = Batches.Random(random, countMax: 4);
        int damaged = random.Next(BatchFormat.HeaderSizeBytes, batch.Length);
        batch[damaged] = (byte)random.Next(256);
        CheckAgreement(batch, mustBeWhole: false);
    }

    [Fact]
    public void A_batch_cut_at_every_byte_is_never_whole()
    {
        byte[] batch = Batches.Random(Seeds.Next());
        for (int length = BatchFormat.HeaderSizeBytes; length < batch.Length; length++)
        {
            RecordWalkResult walk = RecordWalk.Run(
                batch.AsSpan(BatchFormat.HeaderSizeBytes, length - BatchFormat.HeaderSizeBytes),
                new BatchHeader(batch).Count, 0);
            Assert.False(walk.IsWhole);
        }
    }

    private static void CheckAgreement(byte[] bytes, bool mustBeWhole)
    {
        var batch = new BatchHeader(bytes);
        var reader = new RecordReader(batch);
        long maxMs = BatchFormat.NoTimestamp;
        bool hasAllKeys = true;
        int count = 0;
        while (reader.TryRead(out RecordView record))
        {
            maxMs = Math.Max(maxMs, record.TimestampMs);
            hasAllKeys &= !record.Key.IsNull;
            count++;
        }

        RecordWalkResult walk = RecordWalk.Run(
            batch.RecordsSection, batch.Count, batch.BaseTimestampMs);
        Assert.Equal(!reader.IsMalformed, walk.IsWhole);
        Assert.True(walk.IsWhole || !mustBeWhole);
        if (!walk.IsWhole)
            return;

        Assert.Equal(batch.Count, count);
        Assert.Equal(maxMs, walk.MaxTimestampMs);
        Assert.Equal(hasAllKeys, walk.HasAllKeys);
    }
}
