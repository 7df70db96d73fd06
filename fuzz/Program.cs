using System.CommandLine;
using Teralog.Fuzz;

var target = new Argument<string>("target")
{
    Description = "smoke (all, briefly), canary (must fail), or "
        + string.Join(", ", FuzzTargets.All.Select(one => one.Name)),
};
var seed = new Option<int>("--seed")
{
    Description = "First seed; iteration n uses seed + n.",
    DefaultValueFactory = _ => 1,
};
var iterations = new Option<int>("--iterations")
{
    Description = "How many inputs to try.",
    DefaultValueFactory = _ => 1_000_000,
};
var root = new RootCommand("Tries hostile bytes on what reads them.") { target, seed, iterations };
root.SetAction(parsed => FuzzCommand.Run(
    parsed.GetValue(target)!, parsed.GetValue(seed), parsed.GetValue(iterations), Console.Out));
return root.Parse(args).Invoke();
