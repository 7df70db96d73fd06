using System.Text.Json.Nodes;
using Teralog.TestKit;

namespace Teralog.Storage.Tests.Vectors;

/// <summary>Kafka's small files, right and broken.</summary>
public sealed class FileVectorTests
{
    private static readonly string[] OffsetCheckpoints =
    [
        "recovery-point-offset-checkpoint", "replication-offset-checkpoint",
        "log-start-offset-checkpoint", "cleaner-offset-checkpoint", "empty-offset-checkpoint",
    ];

    [Fact]
    public void Offset_indexes_read_and_answer_as_Kafka_does()
    {
        JsonObject expected = Json("offset-index.json");
        long baseOffset = (long)expected["baseOffset"]!;
        byte[] file = Bytes("00000000005000000000.index");
        OffsetIndex? index = OffsetIndex.TryLoad(file, baseOffset, int.MaxValue);
        Assert.NotNull(index);
        Assert.Equal(expected["entries"]!.AsArray().Count, index.Count);
        Assert.Equal(file, index.ToFile());
        foreach (JsonNode? lookup in expected["lookups"]!.AsArray())
        {
            index.TryFloor((long)lookup!["target"]!, out long offset, out long position);
            Assert.Equal((long)lookup["offset"]!, offset);
            Assert.Equal((long)lookup["position"]!, position);
        }

        OffsetIndex? preallocated = OffsetIndex.TryLoad(
            Bytes("preallocated.index"), baseOffset, int.MaxValue);
        Assert.Equal(file, preallocated!.ToFile());
    }

    [Fact]
    public void Time_indexes_read_and_answer_as_Kafka_does()
    {
        JsonObject expected = Json("time-index.json");
        long baseOffset = (long)expected["baseOffset"]!;
        byte[] file = Bytes("00000000005000000000.timeindex");
        TimeIndex? index = TimeIndex.TryLoad(file, baseOffset, long.MaxValue);
        Assert.NotNull(index);
        Assert.Equal(expected["entries"]!.AsArray().Count, index.Count);
        Assert.Equal(file, index.ToFile());
        foreach (JsonNode? lookup in expected["lookups"]!.AsArray())
        {
            // Kafka's lookup takes an entry of that very time, ours the one before.
            long target = (long)lookup!["target"]!;
            long inclusive = target == long.MaxValue ? target : target + 1;
            Assert.Equal((long)lookup["offset"]!, index.OffsetBefore(inclusive));
        }

        TimeIndex? preallocated = TimeIndex.TryLoad(
            Bytes("preallocated.timeindex"), baseOffset, long.MaxValue);
        Assert.Equal(file, preallocated!.ToFile());
    }

    [Fact]
    public void Checkpoints_read_and_write_as_Kafka_does()
    {
        JsonObject expected = Json("checkpoints.json");
        foreach (string name in OffsetCheckpoints)
        {
            byte[] file = Bytes(name);
            Dictionary<string, long>? offsets = OffsetCheckpoint.TryParse(file);
            Assert.Equal(expected[name]!.AsObject().ToDictionary(
                entry => entry.Key, entry => (long)entry.Value!), offsets);
            Assert.Equal(file, OffsetCheckpoint.Format(offsets!));
        }

        EpochHistory? epochs = EpochHistory.TryParse(Bytes("leader-epoch-checkpoint"));
        Assert.Equal(expected["leader-epoch-checkpoint"]!.AsArray().Select(entry =>
            new EpochEntry((int)entry!["epoch"]!, (long)entry["startOffset"]!)),
            epochs!.Entries);
        Assert.Equal(Bytes("leader-epoch-checkpoint"), epochs.Format());

        byte[] metadata = Bytes("partition.metadata");
        Assert.Equal(metadata, PartitionMetadata.Format(
            PartitionMetadata.TryParse(metadata)!.Value));
    }

    [Fact]
    public void Meta_properties_of_both_versions_read()
    {
        JsonObject expected = Json("meta-properties.json");
        foreach (string name in (string[])["meta.properties", "meta.properties.v0"])
        {
            Dictionary<string, string> entries = PropertiesText.Parse(Bytes(name));
            Assert.Equal(expected[name]!.AsObject().ToDictionary(
                entry => entry.Key, entry => (string)entry.Value!), entries);
            Assert.Equal(entries, PropertiesText.Parse(PropertiesText.Format(entries)));
        }
    }

    [Fact]
    public void Broken_files_are_refused_where_Kafka_refuses_them()
    {
        var wrong = new List<string>();
        int count = 0;
        foreach (string line in File.ReadLines(FilePath("corrupt.jsonl")))
        {
            JsonObject vector = JsonNode.Parse(line)!.AsObject();
            byte[] file = Convert.FromHexString((string)vector["hex"]!);
            string kind = (string)vector["kind"]!;
            if (kind == "txnindex")
                continue;

            bool isTaken = IsTaken(kind, file);
            bool isTakenByKafka = vector["exception"] is null;
            if (isTaken && !isTakenByKafka)
                wrong.Add($"{kind} {vector["id"]}: taken");
            if (!isTaken && isTakenByKafka)
                wrong.Add($"{kind} {vector["id"]}: refused");
            count++;
        }

        // A reader that refuses a file here rebuilds it, so stricter is safe; a cut index is
        // read as far as it is whole.
        Assert.Equal(
            "index decreasing: refused, index length-9: taken, "
            + "offset-checkpoint only-version: refused, timeindex length-13: taken",
            string.Join(", ", wrong.Order(StringComparer.Ordinal)));
        Assert.Equal(47, count);
    }

    private static bool IsTaken(string kind, byte[] file) => kind switch
    {
        "snapshot" => ProducerSnapshot.TryParse(file) is not null,
        "offset-checkpoint" => OffsetCheckpoint.TryParse(file) is not null,
        "leader-epoch-checkpoint" => EpochHistory.TryParse(file) is not null,
        "partition.metadata" => PartitionMetadata.TryParse(file) is not null,
        "index" => OffsetIndex.TryLoad(file, 1000, int.MaxValue) is not null,
        "timeindex" => TimeIndex.TryLoad(file, 1000, long.MaxValue) is not null,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    private static string FilePath(string name)
    {
        string? path = SharedFolder.Find("protocol", "vectors", "files", name);
        if (path is null)
            Assert.Skip("the shared folder is absent");

        return path;
    }

    private static byte[] Bytes(string name) => File.ReadAllBytes(FilePath(name));

    private static JsonObject Json(string name) =>
        JsonNode.Parse(File.ReadAllText(FilePath(name)))!.AsObject();
}
