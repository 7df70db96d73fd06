using Teralog.Protocol.Kafka;
using Teralog.Protocol.Kafka.Messages;
using Teralog.Records.Wire;

namespace Teralog.Fuzz.Targets;

/// <summary>
/// Produce and Fetch are read in place by hand. Whatever the bytes, the walkers must say what
/// the generated classes say: accepted or not, and every partition the same.
/// </summary>
internal sealed class WalkTarget : IFuzzTarget
{
    /// <inheritdoc/>
    public string Name => "walk";

    /// <inheritdoc/>
    public int SmokeIterations => 20_000;

    /// <inheritdoc/>
    public void Run(Random random)
    {
        if (random.Next(2) == 0)
        {
            var version = (short)random.Next(
                ProduceRequest.VersionMin, ProduceRequest.VersionMax + 1);
            Produce(Input(typeof(ProduceRequest), version, random), version);
        }
        else
        {
            var version = (short)random.Next(FetchRequest.VersionMin, FetchRequest.VersionMax + 1);
            Fetch(Input(typeof(FetchRequest), version, random), version);
        }
    }

    private static byte[] Input(Type type, short version, Random random)
    {
        var made = KafkaMessages.Make(type, random);
        if (made is FetchRequest fetch)
            fetch.IsolationLevel = (sbyte)random.Next(3);
        return Mutation.Of(KafkaMessages.Write(made, version), random);
    }

    private static void Produce(byte[] bytes, short version)
    {
        var reader = new WireReader(bytes);
        var request = new ProduceRequest();
        request.Read(ref reader, version);
        var walker = new WireReader(bytes);
        var pending = new ProducePending();
        var walked = ProduceWalker.Walk(ref walker, version, pending);
        Check.That(walked != reader.Failed, $"produce {version}: only one reader accepts it");
        if (!walked)
            return;
        Check.That(pending.Acks == request.Acks, "acks");
        var at = 0;
        foreach (var partition in request.TopicData.SelectMany(topic => topic.PartitionData))
        {
            ref readonly var slot = ref pending.Partition(at++);
            Check.That(slot.Index == partition.Index, "index");
            Check.That(slot.RecordsStart < 0 == partition.Records is null, "null records");
            Check.That(partition.Records is null || bytes.AsSpan(
                slot.RecordsStart, slot.RecordsSizeBytes).SequenceEqual(partition.Records),
                "records");
        }
        Check.That(at == pending.PartitionCount, "partitions");
    }

    private static void Fetch(byte[] bytes, short version)
    {
        var reader = new WireReader(bytes);
        var request = new FetchRequest();
        request.Read(ref reader, version);
        var walker = new WireReader(bytes);
        var pending = new FetchPending();
        var walked = FetchWalker.Walk(ref walker, version, pending);
        if (reader.Failed || request.IsolationLevel is not (0 or 1))
        {
            // The walker skips tagged fields that the class reads: it may accept more there.
            Check.That(!walked || version >= FetchRequest.FlexibleFrom, $"fetch {version}");
            return;
        }
        Check.That(walked, $"fetch {version}: refused by the walker");
        var at = 0;
        foreach (var partition in request.Topics.SelectMany(topic => topic.Partitions))
        {
            ref readonly var slot = ref pending.Slots[at++];
            Check.That(slot.Index == partition.Partition, "index");
            Check.That(slot.Offset == partition.FetchOffset, "offset");
            Check.That(slot.MaxBytes == partition.PartitionMaxBytes, "limit");
            Check.That(slot.CurrentLeaderEpoch == partition.CurrentLeaderEpoch, "epoch");
        }
        Check.That(at == pending.PartitionCount, "partitions");
        Check.That(pending.ForgottenCount
            == request.ForgottenTopicsData.Sum(topic => topic.Partitions.Count), "forgotten");
    }
}
