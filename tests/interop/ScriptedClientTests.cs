using Teralog.Interop.Clients;

namespace Teralog.Interop;

/// <summary>kafkajs and the two Python clients: groups, admin calls, and what each has
/// besides.</summary>
public sealed class ScriptedClientTests(BrokerFixture fixture) : IClassFixture<BrokerFixture>
{
    [Theory]
    [InlineData("group")]
    [InlineData("admin")]
    [InlineData("auto-create")]
    public Task Python3_kafka(string scenario) =>
        ScriptClient.KafkaPython.ScenarioAsync(scenario, fixture.Broker.Address);

    [Theory]
    [InlineData("group")]
    [InlineData("static")]
    [InlineData("admin")]
    [InlineData("auto-create")]
    public Task Python3_confluent_kafka(string scenario) =>
        ScriptClient.ConfluentPython.ScenarioAsync(scenario, fixture.Broker.Address);

    [Theory]
    [InlineData("group")]
    [InlineData("admin")]
    [InlineData("idempotent")]
    [InlineData("auto-create")]
    public Task Kafkajs(string scenario) =>
        ScriptClient.KafkaJs.ScenarioAsync(scenario, fixture.Broker.Address);
}
