using Teralog.Interop.Clients;
using Teralog.Interop.Harness;

namespace Teralog.Interop;

/// <summary>A first session with kcat: metadata, lines in, lines out, by group, by time.</summary>
public sealed class KcatTests(BrokerFixture fixture) : IClassFixture<BrokerFixture>
{
    private string Address => fixture.Broker.Address;

    [Fact]
    public async Task Metadata_names_this_broker()
    {
        var listed = (await KcatAsync("", "-L")).Ok();
        listed.Says(" 1 brokers:").Says($" at {Address}");
    }

    [Fact]
    public async Task Lines_go_in_and_come_out_of_a_topic_that_nobody_made()
    {
        (await KcatAsync("one\ntwo\nthree\n", "-P", "-t", "lines")).Ok();
        var read = await KcatAsync("", "-C", "-t", "lines", "-e", "-q");
        Assert.Equal(["one", "three", "two"], read.Ok().Lines.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_group_goes_on_where_it_stopped()
    {
        await Librdkafka.CreateTopicAsync(Address, "grouped", 2);
        await Librdkafka.ProduceAsync(Address, "grouped", 2, 5);
        string[] group = ["-G", "kcat-group", "-X", "auto.offset.reset=earliest", "-q"];
        var first = (await KcatAsync("", [.. group, "-c", "10", "grouped"])).Ok();
        Assert.Equal(10, first.Lines.Distinct().Count());
        (await KcatAsync("ten\n", "-P", "-t", "grouped", "-p", "1")).Ok();
        var second = (await KcatAsync("", [.. group, "-c", "1", "grouped"])).Ok();
        Assert.Equal(["ten"], second.Lines);
    }

    [Fact]
    public async Task An_offset_is_found_by_time()
    {
        await Librdkafka.CreateTopicAsync(Address, "timed", 1);
        await Librdkafka.ProduceAsync(Address, "timed", 1, 3);
        var found = await KcatAsync("", "-Q", "-t", "timed:0:1000");
        found.Ok().Says("timed [0] offset 0");
    }

    private Task<CommandResult> KcatAsync(string input, params string[] arguments)
    {
        Requires.Kcat();
        return Command.RunAsync("kcat", ["-b", Address, .. arguments],
            async stream => await stream.WriteAsync(Messages.Bytes(input)));
    }
}
