using System.Collections;
using System.Text.Json.Nodes;
using Teralog.Records.Wire;

namespace Teralog.Protocol.Kafka.Tests;

/// <summary>
/// What a real broker did with 87 connections, and what ours does: answered or closed, and the
/// error codes. Every difference is one that is named here with its reason.
/// </summary>
public sealed class LiveTests(ITestOutputHelper output)
{
    private const int SilenceMs = 50;

    /// <summary>Where we are not as Kafka, on purpose.</summary>
    private static readonly Dictionary<string, string> Differs = new()
    {
        ["api-versions-v5"] = "version 5 is of Kafka 4.4; we serve the versions of 4.3",
        ["produce-null-records"] = "Kafka never answers; we answer INVALID_RECORD",
    };

    [Fact]
    public async Task TheSameIsSaidAsByARealBroker()
    {
        var (same, different) = (0, new List<string>());
        await using var broker = await LikeTheVectorsAsync();
        await using var frontend = await FrontendFixture.StartAsync(broker.Broker);
        foreach (var vector in Vectors.Read("live.jsonl"))
        {
            if (DifferenceOf(vector, frontend) is { } difference)
                different.Add($"{vector.Text("id")}: {difference}");
            else
                same++;
        }
        output.WriteLine($"{same} of {same + different.Count} as Kafka");
        different.ForEach(output.WriteLine);
        Assert.Equal(87, same + different.Count);
        Assert.All(different, line => Assert.Contains(line.Split(':')[0], Differs.Keys));
    }

    private static string? DifferenceOf(JsonObject vector, FrontendFixture frontend)
    {
        using var client = frontend.Connect();
        client.Send(vector.Hex("sent"));
        foreach (var answer in vector["answers"]!.AsArray())
        {
            var frame = client.Receive();
            if (frame is null)
                return "closed without the answer";
            if (DifferenceIn(answer!.AsObject(), frame) is { } difference)
                return difference;
        }
        if (vector.Text("then") == "closed")
            return client.IsClosed() ? null : "not closed";
        return client.IsSilent(SilenceMs) ? null : "something else came, or it closed";
    }

    private static string? DifferenceIn(JsonObject answer, byte[] frame)
    {
        if (answer["api"] is null)
            return null;
        var type = WireCheck.Message(answer.Text("api") + "Response");
        var version = answer.Int16("version");
        var header = (short)type.GetMethod("HeaderVersion")!.Invoke(null, [version])!;
        var reader = new WireReader(frame.AsSpan(header > 0 ? 5 : 4));
        var response = (IWireStruct)Activator.CreateInstance(type)!;
        response.Read(ref reader, version);
        if (reader.Failed || reader.Remaining > 0)
            return "the answer does not parse";
        var expected = CodesIn(MessageJson.Make(type, answer["json"]!.AsObject()));
        var actual = CodesIn(response);
        return expected.SetEquals(actual)
            ? null
            : $"errors {string.Join(',', actual)} in place of {string.Join(',', expected)}";
    }

    private static SortedSet<short> CodesIn(object message)
    {
        var codes = new SortedSet<short>();
        foreach (var property in message.GetType().GetProperties())
        {
            if (property.GetMethod!.IsStatic)
                continue;
            var value = property.GetValue(message);
            if (property.Name == "ErrorCode")
                _ = codes.Add((short)value!);
            if (value is IList list)
            {
                foreach (var item in list.OfType<IWireStruct>())
                    codes.UnionWith(CodesIn(item));
            }
        }
        return codes;
    }

    private static async Task<RealBroker> LikeTheVectorsAsync()
    {
        var broker = await RealBroker.StartAsync();
        await broker.AddAsync("epochs", 1, 3);
        await broker.AddAsync("empty", 1, 0);
        await broker.AddAsync("compacted", 1, 0, "compact");
        await broker.AddAsync("tx", 2, 2);
        await broker.AddAsync("codec-zstd", 1, 12);
        await broker.AddAsync("deleted", 1, 4);
        await broker.AddAsync("__consumer_offsets", 50, 0, "compact");
        var deleted = await broker.Broker.Topics.DeleteRecordsAsync(
            broker.Broker.FindPartition("deleted", 0)!, 33, CancellationToken.None);
        Assert.Equal(33, deleted.LowWatermark);
        return broker;
    }
}
