using Teralog.Abstractions;
using Teralog.TestKit;

namespace Teralog.Broker.Tests;

public sealed class ConfigRegistryTests
{
    // What a single property file of ours must not have to say, Kafka's must.
    private static readonly HashSet<string> OtherDefaults =
        ["node.id", "process.roles", "controller.listener.names", "log.dir"];

    [Fact]
    public void Every_name_of_Kafka_is_there_with_its_type_default_update_and_synonyms()
    {
        string? path = SharedFolder.Find("protocol", "vectors", "configs.tsv");
        if (path is null)
            Assert.Skip("no reference material here");

        int compared = 0;
        foreach (string[] row in File.ReadLines(path!).Skip(1).Select(one => one.Split('\t')))
        {
            ConfigRegistry? registry = row[0] switch
            {
                "broker" => ConfigRegistry.Brokers,
                "topic" => ConfigRegistry.Topics,
                "group" => ConfigRegistry.Groups,
                _ => null,
            };
            if (registry is null)
                continue;

            ConfigDefinition? found = registry.Find(row[1]);
            Assert.True(found is not null, $"{row[0]} {row[1]} is missing");
            Assert.Equal(row[2], found.Type.ToString().ToLowerInvariant());
            if (row[0] != "broker" || !OtherDefaults.Contains(row[1]))
                Assert.Equal(row[3], found.Default ?? "null");
            Assert.Equal(row[4], found.Valid);
            Assert.Equal(row[8], string.Join(",", found.Synonyms));
            Assert.Equal(row[7] == "true", found.IsHidden);
            Assert.Equal(row[6].Replace("-", ""), found.Update.ToString().ToLowerInvariant());
            compared++;
        }

        Assert.True(compared > 400, $"only {compared} names compared");
    }

    [Fact]
    public void Every_default_passes_its_own_check()
    {
        IEnumerable<ConfigDefinition> all = ConfigRegistry.Brokers.All
            .Concat(ConfigRegistry.Topics.All).Concat(ConfigRegistry.Groups.All);
        foreach (ConfigDefinition one in all.Where(one => !string.IsNullOrEmpty(one.Default)))
            Assert.Null(one.Check(one.Default!));
        Assert.All(ConfigRegistry.Brokers.All, one => Assert.NotEmpty(one.Documentation));
    }

    [Theory]
    [InlineData("retention.ms", "x",
        "Invalid value x for configuration retention.ms: Not a number of type LONG")]
    [InlineData("retention.ms", "-2",
        "Invalid value -2 for configuration retention.ms: Value must be at least -1")]
    [InlineData("preallocate", "yes",
        "Invalid value yes for configuration preallocate: "
            + "Expected value to be either true or false")]
    [InlineData("cleanup.policy", "compact,keep",
        "Invalid value compact,keep for configuration cleanup.policy: "
            + "String must be one of: compact, delete")]
    [InlineData("compression.type", "lzo",
        "Invalid value lzo for configuration compression.type: "
            + "String must be one of: uncompressed, zstd, lz4, snappy, gzip, producer")]
    [InlineData("compression.gzip.level", "10",
        "Invalid value 10 for configuration compression.gzip.level: Value must be no more than 9")]
    [InlineData("min.cleanable.dirty.ratio", "1.5",
        "Invalid value 1.5 for configuration min.cleanable.dirty.ratio: "
            + "Value must be no more than 1")]
    [InlineData("segment.bytes", "4294967296",
        "Invalid value 4294967296 for configuration segment.bytes: Not a number of type INT")]
    public void A_bad_value_gets_Kafkas_sentence(string name, string value, string sentence) =>
        Assert.Equal(sentence, ConfigRegistry.Topics.Find(name)!.Check(value));

    [Theory]
    [InlineData("compression.gzip.level", "-1")]
    [InlineData("cleanup.policy", "compact,delete")]
    [InlineData("cleanup.policy", "")]
    [InlineData("retention.ms", "9223372036854775807")]
    [InlineData("preallocate", "TRUE")]
    public void A_good_value_passes(string name, string value) =>
        Assert.Null(ConfigRegistry.Topics.Find(name)!.Check(value));

    [Theory]
    [InlineData("log.retention.hour", "log.retention.hours")]
    [InlineData("lisenters", "listeners")]
    [InlineData("num.partition", "num.partitions")]
    [InlineData("qqqqqqqqqqqqqqqqqqqq", null)]
    public void The_nearest_name_is_suggested(string name, string? nearest) =>
        Assert.Equal(nearest, ConfigRegistry.Brokers.Nearest(name));

    [Fact]
    public void Listener_prefixes_and_foreign_names_are_known()
    {
        Assert.Equal(
            "ssl.keystore.location",
            ConfigRegistry.Brokers.Find("listener.name.internal.ssl.keystore.location")?.Name);
        Assert.Equal(
            "sasl.jaas.config",
            ConfigRegistry.Brokers.Find("listener.name.x.scram-sha-256.sasl.jaas.config")?.Name);
        Assert.Null(ConfigRegistry.Brokers.Find("listener.name.internal.nonsense"));
        Assert.True(ConfigRegistry.IsForeign("zookeeper.connect"));
        Assert.False(ConfigRegistry.IsForeign("zoo"));
    }

    [Fact]
    public void Settings_name_everything_that_is_wrong_at_once()
    {
        BrokerSettings? settings = BrokerSettings.Create(
            [new("log.retention.hour", "1"), new("num.partitions", "0"), new(
                "zookeeper.connect", "x")],
            out IReadOnlyList<string> errors);
        Assert.Null(settings);
        Assert.Equal(3, errors.Count);
        Assert.Contains(errors, one => one.Contains("Did you mean log.retention.hours?"));
        Assert.Contains(errors, one => one.Contains("Value must be at least 1"));
        Assert.Contains(errors, one => one.Contains("log.dirs is not set"));
    }

    [Fact]
    public void A_secret_is_not_repeated_in_an_error()
    {
        var secret = new ConfigDefinition(
            "x.password", ConfigValueType.Password, null, "[a, b]", ConfigUpdate.ReadOnly, true,
            false, [], "");
        Assert.DoesNotContain("hunter2", secret.Check("hunter2"));
    }
}
