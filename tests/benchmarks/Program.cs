using System.CommandLine;
using Teralog.Benchmarks;

var what = new Argument<string>("what")
{
    Description = "produce, fetch, start or all", DefaultValueFactory = _ => "all",
};
what.AcceptOnlyFromAmong("produce", "fetch", "start", "all");
var quick = new Option<bool>("--quick") { Description = "Short runs: to see that it works." };
var teralog = new Option<string?>("--teralog")
{
    Description = "Folder of a published broker; without it one is published.",
};
var peer = new Option<string>("--brokers")
{
    Description = "both, kafka or teralog", DefaultValueFactory = _ => "both",
};
peer.AcceptOnlyFromAmong("both", "kafka", "teralog");
var work = new Option<string>("--work")
{
    Description = "Folder for data.", DefaultValueFactory = _ => Path.GetTempPath(),
};
var output = new Option<string?>("--out") { Description = "Folder for the JSON report." };
var congestion = new Option<string>("--congestion")
{
    Description = "TCP congestion control for both brokers, if we may set it.",
    DefaultValueFactory = _ => "cubic",
};
var root = new RootCommand("Measures Teralog and Apache Kafka in turns.")
{
    what, quick, teralog, peer, work, output, congestion,
};
root.SetAction(parsed =>
{
    using var command = new BenchmarkCommand(new(
        parsed.GetValue(what)!, parsed.GetValue(quick), parsed.GetValue(teralog),
        parsed.GetValue(peer)!, parsed.GetValue(work)!, parsed.GetValue(output),
        parsed.GetValue(congestion)!));
    return command.Run();
});
return root.Parse(args).Invoke();
