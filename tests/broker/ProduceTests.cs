using Teralog.Abstractions;
using Teralog.Records;

namespace Teralog.Broker.Tests;

public sealed class ProduceTests
{
    [Fact]
    public async Task Offsets_are_dense_and_the_bytes_come_back()
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create("orders");
        PartitionHandle partition = broker.Partition("orders");
        Assert.Equal(0, broker.Produce(partition, Batches.Of(3)).BaseOffset);
        byte[] second = Batches.Of(2);
        ProduceResult result = broker.Produce(partition, second, RequiredAcks.All);
        Assert.Equal(new ProduceResult(BrokerError.None, 3, -1, 0, null), result);

        (FetchResult fetched, byte[] bytes) = broker.Fetch(partition, 3);
        Assert.Equal((5, 5, 0), (
            fetched.HighWatermark, fetched.LastStableOffset, fetched.LogStartOffset));
        Assert.Equal(second, bytes);
        var batch = new BatchHeader(bytes);
        Assert.Equal((3L, 4L, 0), (batch.BaseOffset, batch.LastOffset, batch.LeaderEpoch));
        Assert.Equal(batch.Crc, batch.ComputeCrc());
    }

    [Theory]
    [InlineData("empty", BrokerError.InvalidRecord)]
    [InlineData("two", BrokerError.InvalidRecord)]
    [InlineData("crc", BrokerError.CorruptBatch)]
    [InlineData("magic", BrokerError.CorruptBatch)]
    [InlineData("magic0", BrokerError.InvalidRecord)]
    [InlineData("length", BrokerError.CorruptBatch)]
    [InlineData("count", BrokerError.InvalidRecord)]
    [InlineData("base offset", BrokerError.InvalidRecord)]
    [InlineData("control", BrokerError.InvalidRecord)]
    [InlineData("large", BrokerError.RecordTooLarge)]
    [InlineData("future", BrokerError.InvalidTimestamp)]
    [InlineData("past", BrokerError.InvalidTimestamp)]
    [InlineData("transactional", BrokerError.TransactionsUnavailable)]
    [InlineData("gap", BrokerError.OutOfOrderSequence)]
    [InlineData("epoch", BrokerError.InvalidProducerEpoch)]
    public async Task A_wrong_batch_gets_its_error_and_nothing_is_written(
        string what, BrokerError error)
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create(
            "orders", 1, ("max.message.bytes", "1000"), (
                "message.timestamp.before.max.ms", "1000"));
        PartitionHandle partition = broker.Partition("orders");
        broker.Produce(partition, Batches.Idempotent(7, 0, epoch: 1));
        ProduceResult result = broker.Produce(partition, Wrong(what));
        Assert.Equal(error, result.Error);
        Assert.False(string.IsNullOrEmpty(result.Message));
        Assert.Equal(-1, result.BaseOffset);
        Assert.Equal(1, broker.Produce(partition, Batches.Of(1)).BaseOffset);
    }

    [Fact]
    public async Task Unknown_acks_and_a_batch_above_the_segment_are_refused()
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create("orders", 1, ("internal.segment.bytes", "500"));
        PartitionHandle partition = broker.Partition("orders");
        Assert.Equal(
            BrokerError.InvalidRequiredAcks,
            broker.Produce(partition, Batches.Of(1), (RequiredAcks)2).Error);
        Assert.Equal(
            BrokerError.BatchListTooLarge, broker.Produce(partition, Batches.Of(100)).Error);
    }

    [Fact]
    public async Task A_repeated_batch_gets_its_first_offset()
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create("orders");
        PartitionHandle partition = broker.Partition("orders");
        for (int sequence = 0; sequence < 5; sequence++)
            Assert.Equal(sequence, broker.Produce(partition, Batches.Idempotent(7, sequence))
                .BaseOffset);
        for (int sequence = 0; sequence < 5; sequence++)
            Assert.Equal(sequence, broker.Produce(partition, Batches.Idempotent(7, sequence))
                .BaseOffset);
        Assert.Equal(5, broker.Produce(partition, Batches.Of(1)).BaseOffset);
    }

    [Fact]
    public async Task A_compacted_topic_wants_keys_compressed_or_not()
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create("orders", 1, ("cleanup.policy", "compact"));
        PartitionHandle partition = broker.Partition("orders");
        Assert.Equal(BrokerError.InvalidRecord, broker.Produce(partition, Batches.Of(1, null))
            .Error);
        Assert.Equal(BrokerError.InvalidRecord, broker.Produce(partition, Batches.Gzipped(1, null))
            .Error);
        Assert.Equal(BrokerError.None, broker.Produce(partition, Batches.Of(1)).Error);
        Assert.Equal(BrokerError.None, broker.Produce(partition, Batches.Gzipped(1)).Error);
    }

    [Fact]
    public async Task What_decompresses_to_too_much_is_refused_where_it_has_to_be_looked_into()
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create(
            "orders", 1, ("cleanup.policy", "compact"), ("max.decompressed.message.bytes", "100"));
        await broker.Create("free", 1, ("max.decompressed.message.bytes", "100"));
        byte[] batch = Batches.Gzipped(200);
        Assert.Equal(
            BrokerError.RecordTooLarge, broker.Produce(broker.Partition("orders"), batch).Error);
        Assert.Equal(BrokerError.None, broker.Produce(broker.Partition("free"), batch).Error);
    }

    [Theory]
    [InlineData("gzip", false, CompressionType.Gzip)]
    [InlineData("uncompressed", true, CompressionType.None)]
    [InlineData("gzip", true, CompressionType.Gzip)]
    [InlineData("producer", false, CompressionType.None)]
    public async Task A_topic_may_ask_for_its_own_codec(
        string wanted, bool isCompressed, CompressionType stored)
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create("orders", 1, ("compression.type", wanted));
        PartitionHandle partition = broker.Partition("orders");
        byte[] batch = isCompressed ? Batches.Gzipped(9) : Batches.Of(9);
        Assert.Equal(BrokerError.None, broker.Produce(partition, batch).Error);
        byte[] bytes = broker.Fetch(partition, 0).Bytes;
        var header = new BatchHeader(bytes);
        Assert.Equal(stored, header.Compression);
        Assert.Equal(header.Crc, header.ComputeCrc());
        Assert.Equal((9, bytes.Length), (header.Count, (int)header.SizeBytes));
        using var plain = new PooledWriter();
        ReadOnlySpan<byte> records = header.RecordsSection;
        if (stored != CompressionType.None)
        {
            Assert.Equal(CodecResult.Done, new TestCodec().Decompress(records, plain, 1 << 20));
            records = plain.Written;
        }

        var reader = new RecordReader(header, records);
        int count = 0;
        while (reader.TryRead(out RecordView record))
            Assert.Equal($"value-{count++}", System.Text.Encoding.UTF8.GetString(
                record.Value.Span));
        Assert.Equal((9, false), (count, reader.IsMalformed));
    }

    [Fact]
    public async Task A_codec_that_is_not_loaded_is_named()
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create("orders", 1, ("compression.type", "zstd"));
        ProduceResult result = broker.Produce(broker.Partition("orders"), Batches.Of(1));
        Assert.Equal(BrokerError.UnsupportedCodec, result.Error);
    }

    [Fact]
    public async Task Append_time_is_stamped_and_answered()
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create("orders", 1, ("message.timestamp.type", "LogAppendTime"));
        PartitionHandle partition = broker.Partition("orders");
        ProduceResult result = broker.Produce(partition, Batches.Of(1, timestampMs: 5));
        Assert.Equal(Batches.TimeMs, result.LogAppendTimeMs);
        var batch = new BatchHeader(broker.Fetch(partition, 0).Bytes);
        Assert.Equal((Batches.TimeMs, TimestampType.LogAppendTime), (
            batch.MaxTimestampMs, batch.TimestampType));
        Assert.Equal(batch.Crc, batch.ComputeCrc());
    }

    [Fact]
    public async Task Many_threads_get_dense_offsets_each_once()
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create("orders");
        PartitionHandle partition = broker.Partition("orders");
        const int threads = 8;
        const int each = 200;
        var offsets = new System.Collections.Concurrent.ConcurrentBag<long>();
        var workers = Enumerable.Range(0, threads).Select(_ => new Thread(() =>
        {
            for (int index = 0; index < each; index++)
                offsets.Add(broker.Produce(partition, Batches.Of(1)).BaseOffset);
        })).ToList();
        workers.ForEach(one => one.Start());
        workers.ForEach(one => one.Join());
        Assert.Equal(
            Enumerable.Range(0, threads * each).Select(one => (long)one), offsets.Order());
    }

    [Fact]
    public async Task A_full_disk_refuses_the_append_and_later_takes_it()
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create("orders");
        PartitionHandle partition = broker.Partition("orders");
        broker.Produce(partition, Batches.Of(1));
        broker.Disk.Fill(true);
        ProduceResult result = broker.Produce(partition, Batches.Of(1));
        Assert.Equal((BrokerError.StorageFailed, "The disk is full."), (
            result.Error, result.Message));
        Assert.Equal(1, broker.Fetch(partition, 0).Result.HighWatermark);
        broker.Disk.Fill(false);
        Assert.Equal(1, broker.Produce(partition, Batches.Of(1)).BaseOffset);
    }

    private static byte[] Wrong(string what)
    {
        byte[] good = Batches.Of(2);
        var editor = new BatchEditor(good);
        switch (what)
        {
            case "empty":
                return [];
            case "two":
                return [.. Batches.Of(1), .. Batches.Of(1)];
            case "crc":
                good[^1] ^= 1;
                return good;
            case "magic":
                editor.SetMagic(9);
                return good;
            case "magic0":
                editor.SetMagic(0);
                return good;
            case "length":
                editor.SetLength(20);
                return good;
            case "count":
                editor.SetCount(3);
                editor.SealCrc();
                return good;
            case "base offset":
                editor.SetBaseOffset(1);
                return good;
            case "control":
                return BatchBuilder.BuildMarker(
                    new() { ProducerId = 1, ProducerEpoch = 0 }, true, 0, Batches.TimeMs);
            case "large":
                return Batches.Of(100);
            case "future":
                return Batches.Of(1, timestampMs: Batches.TimeMs + 3_600_001);
            case "past":
                return Batches.Of(1, timestampMs: Batches.TimeMs - 1001);
            case "transactional":
                return Batches.Build(1, new()
                {
                    ProducerId = 1,
                    ProducerEpoch = 0,
                    BaseSequence = 0,
                    IsTransactional = true,
                });
            case "gap":
                return Batches.Idempotent(7, 5, epoch: 1);
            case "epoch":
                return Batches.Idempotent(7, 1, epoch: 0);
            default:
                throw new ArgumentException(what);
        }
    }
}
