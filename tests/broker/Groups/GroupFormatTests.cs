using System.Globalization;
using System.Text.Json;
using Teralog.Broker.Groups;
using Teralog.TestKit;

namespace Teralog.Broker.Tests.Groups;

/// <summary>What Kafka's own classes wrote, read and written again.</summary>
public sealed class GroupFormatTests
{
    [Fact]
    public void Groups_hash_as_in_Kafka()
    {
        foreach (var row in Rows("group-hash.jsonl"))
        {
            if (!row.TryGetProperty("id", out var id))
                continue;
            Assert.Equal(row.GetProperty("java_hash").GetInt32(), GroupHash.Hash(id.GetString()));
            foreach (var partition in row.GetProperty("partition").EnumerateObject())
            {
                Assert.Equal(
                    partition.Value.GetInt32(),
                    GroupHash.PartitionOf(
                        id.GetString(), int.Parse(partition.Name, CultureInfo.InvariantCulture)));
            }
        }
    }

    [Fact]
    public void Offsets_of_every_version_are_read_and_the_current_ones_are_written_the_same()
    {
        int count = 0, writtenCount = 0;
        foreach (var row in Records("OffsetCommitKey").Concat(Records("LegacyOffsetCommitKey")))
        {
            var key = Convert.FromHexString(row.GetProperty("key").GetString()!);
            var fields = row.GetProperty("keyJson");
            var group = fields.GetProperty("group").GetString()!;
            var topic = fields.GetProperty("topic").GetString()!;
            var partition = fields.GetProperty("partition").GetInt32();
            var table = new GroupTable();
            var value = Value(row);
            table.Apply(key, value);
            Assert.Equal(0, table.SkippedCount);
            count++;
            if (value is null)
                continue;
            var entry = table.Find(group)!.Offsets.Find(topic, partition)!.Value;
            Assert.Equal(
                row.GetProperty("valueJson").GetProperty("offset").GetInt64(), entry.Offset);
            if (row.GetProperty("type").GetInt32() == 0
                || row.GetProperty("valueVersion").GetInt32()
                    != (entry.ExpireTimestampMs >= 0 ? 1 : 4))
                continue;
            var written = GroupRecords.Offset(group, topic, partition, entry);
            Assert.Equal(key, written.Key);
            Assert.Equal(value, written.Value);
            writtenCount++;
        }

        Assert.True(count > 40, $"{count} records");
        Assert.True(writtenCount > 5, $"{writtenCount} written");
    }

    [Fact]
    public void Group_state_of_every_version_is_read_and_the_current_one_is_written_the_same()
    {
        int count = 0, writtenCount = 0;
        foreach (var row in Records("GroupMetadataKey"))
        {
            var key = Convert.FromHexString(row.GetProperty("key").GetString()!);
            var group = row.GetProperty("keyJson").GetProperty("group").GetString()!;
            var table = new GroupTable();
            var value = Value(row);
            table.Apply(key, value);
            Assert.Equal(0, table.SkippedCount);
            count++;
            if (value is null)
                continue;
            var persisted = table.Find(group)!.Persisted!;
            Assert.Equal(
                row.GetProperty("valueJson").GetProperty("generation").GetInt32(),
                persisted.Generation);
            if (row.GetProperty("valueVersion").GetInt32() != 3)
                continue;
            var written = GroupRecords.Group(group, persisted);
            Assert.Equal(key, written.Key);
            Assert.Equal(value, written.Value);
            writtenCount++;
        }

        Assert.True(count > 30 && writtenCount > 3, $"{count} records, {writtenCount} written");
    }

    [Fact]
    public void Subscriptions_show_their_topics()
    {
        var count = 0;
        foreach (var row in Rows("subscription-metadata.jsonl"))
        {
            if (row.GetProperty("type").GetString() != "ConsumerProtocolSubscription"
                || !row.TryGetProperty("json", out var json))
                continue;
            var topics = new HashSet<string>();
            Assert.True(ConsumerSubscription.TryReadTopics(
                Convert.FromHexString(row.GetProperty("hex").GetString()!), topics));
            Assert.Equal(
                [.. json.GetProperty("topics").EnumerateArray().Select(t => t.GetString()!)],
                topics);
            count++;
        }

        Assert.True(count > 5);
    }

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("0000")]
    [InlineData("ffff00000000")]
    [InlineData("00007fffffff")]
    [InlineData("0000000000027fff61")]
    public void Hostile_subscriptions_are_refused(string hex) =>
        Assert.False(ConsumerSubscription.TryReadTopics(Convert.FromHexString(hex), []));

    [Theory]
    [InlineData("")]
    [InlineData("0001")]
    [InlineData("00010005")]
    [InlineData("7fff0000")]
    public void Hostile_keys_are_skipped(string hex)
    {
        var table = new GroupTable();
        table.Apply(Convert.FromHexString(hex), [0, 0]);
        Assert.Equal(1, table.SkippedCount);
        Assert.Empty(table.Groups);
    }

    private static byte[]? Value(JsonElement row) =>
        row.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.String
            ? Convert.FromHexString(value.GetString()!)
            : null;

    private static IEnumerable<JsonElement> Records(string keyName) =>
        Rows("internal-records.jsonl.gz")
            .Where(row => row.GetProperty("keyName").GetString() == keyName);

    private static IEnumerable<JsonElement> Rows(string file)
    {
        Assert.SkipWhen(
            SharedFolder.Find("protocol", "vectors", file) is null, $"{file} is not here");
        return VectorFile.Lines(file).Select(row => JsonSerializer.SerializeToElement(row));
    }
}
