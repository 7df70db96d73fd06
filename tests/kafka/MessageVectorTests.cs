using System.Reflection;
using System.Text.Json.Nodes;

namespace Teralog.Protocol.Kafka.Tests;

/// <summary>Every message, every version, against bytes that Kafka's own classes made.</summary>
public sealed class MessageVectorTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData("requests.jsonl.gz", "RequestHeader")]
    [InlineData("responses.jsonl.gz", "ResponseHeader")]
    public void EveryVectorReadsAndWrites(string file, string header)
    {
        var count = 0;
        var apis = new HashSet<string>();
        foreach (var vector in Vectors.Read(file))
        {
            var name = vector.Text("api");
            var version = vector.Int16("version");
            var headerVersion = vector.Int16("headerVersion");
            var where = $"{name} {version} {vector.Text("case")}";
            var writeBack = vector.Text("case") != "unknown-tags";
            var type = WireCheck.Message(name);
            AssertFacts(type, vector, where);
            WireCheck.AssertVector(WireCheck.Message(header), vector.Hex("header"), headerVersion,
                vector["headerJson"]!.AsObject(), writeBack, where + " header");
            WireCheck.AssertVector(
                type, vector.Hex("body"), version, vector["json"]!.AsObject(), writeBack, where);
            apis.Add(name);
            count++;
        }
        output.WriteLine($"{file}: {count} vectors of {apis.Count} messages");
        Assert.True(count > 2000);
    }

    [Fact]
    public void EveryInternalRecordReadsAndWrites()
    {
        var counts = new SortedDictionary<string, int>();
        var without = new SortedSet<string>();
        foreach (var vector in Vectors.Read("internal-records.jsonl.gz"))
        {
            var name = vector.Text("keyName");
            if (RecordType(name) is not { } keyType)
            {
                Assert.True(vector.Text("topic") != "__consumer_offsets", $"no schema of {name}");
                without.Add(name);
                continue;
            }
            AssertRecordKey(keyType, vector, name);
            if (vector["value"] is not null)
                AssertRecordValue(RecordType(vector.Text("valueName"))!, vector);
            counts[name] = counts.GetValueOrDefault(name) + 1;
        }
        output.WriteLine($"{counts.Values.Sum()} records of {counts.Count} types; "
            + $"of other topics, without a schema: {string.Join(' ', without)}");
        Assert.True(counts.Count >= 22, $"{counts.Count} types");
    }

    [Fact]
    public void EverySubscriptionReadsAsKafkaReadsIt()
    {
        var (right, hostile) = (0, 0);
        foreach (var vector in Vectors.Read("subscription-metadata.jsonl"))
        {
            if (vector["json"] is JsonObject json && vector["case"] is not null)
            {
                AssertVersioned(WireCheck.Message(vector.Text("type")), vector, "hex", json);
                right++;
            }
            else if (vector["case"]?.ToString().StartsWith("hostile", StringComparison.Ordinal)
                == true)
            {
                AssertHostileSubscription(vector);
                hostile++;
            }
        }
        output.WriteLine($"{right} right, {hostile} hostile");
        Assert.True(right > 20 && hostile > 5, $"{right} right, {hostile} hostile");
    }

    private static void AssertFacts(Type type, JsonObject vector, string where)
    {
        var version = vector.Int16("version");
        Assert.True(Fact(type, "ApiKey") == vector.Int16("key"), where);
        Assert.True(Fact(type, "VersionMin") <= version, where);
        Assert.True(Fact(type, "VersionMax") >= version, where);
        Assert.True(Fact(type, "FlexibleFrom") <= version == (bool)vector["flexible"]!, where);
        var header = (short)type.GetMethod("HeaderVersion")!.Invoke(null, [version])!;
        Assert.True(header == vector.Int16("headerVersion"), $"{where}: header {header}");
    }

    private static void AssertHostileSubscription(JsonObject vector)
    {
        var type = WireCheck.Message(vector.Text("type"));
        var bytes = vector.Hex("hex");
        var version = bytes.Length < 2 ? (short)-1 : Prefix(bytes);
        // Kafka reads a newer version as the newest it knows.
        var known = Math.Min(version, Fact(type, "VersionMax"));
        var failed = version < 0;
        if (!failed)
            _ = WireCheck.Read(type, bytes.AsSpan(2), known, out failed, out _);
        Assert.True(failed == (vector["error"] is not null), vector.Text("case"));
    }

    private static void AssertRecordKey(Type type, JsonObject vector, string where)
    {
        var bytes = vector.Hex("key");
        Assert.Equal(vector.Int16("type"), Prefix(bytes));
        Assert.Equal(vector.Int16("type"), Fact(type, "RecordType"));
        WireCheck.AssertVector(
            type, bytes[2..], 0, vector["keyJson"]!.AsObject(), writeBack: true, where);
    }

    private static void AssertRecordValue(Type type, JsonObject vector)
    {
        Assert.Equal(vector.Int16("valueVersion"), Prefix(vector.Hex("value")));
        AssertVersioned(type, vector, "value", vector["valueJson"]!.AsObject());
    }

    private static void AssertVersioned(
        Type type, JsonObject vector, string field, JsonObject json)
    {
        var bytes = vector.Hex(field);
        WireCheck.AssertVector(type, bytes[2..], Prefix(bytes), json, writeBack: true,
            $"{type.Name} {Prefix(bytes)} {vector.Text("case")}");
    }

    private static short Prefix(byte[] bytes) => (short)(bytes[0] << 8 | bytes[1]);

    private static short Fact(Type type, string name) =>
        (short)type.GetProperty(name)!.GetValue(null)!;

    private static Type? RecordType(string name) =>
        Assembly.Load("Teralog.Broker").GetType($"Teralog.Broker.Records.{name}");
}
