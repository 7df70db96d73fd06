using Teralog.TestKit;

if (args.Length != 3 || !ulong.TryParse(args[0], out var seed)
    || !long.TryParse(args[1], out var first) || !long.TryParse(args[2], out var count))
{
    Console.Error.WriteLine("usage: loglines SEED FIRST COUNT");
    return 2;
}
using var output = Console.OpenStandardOutput();
LogLines.WriteTo(output, seed, first, count);
return 0;
