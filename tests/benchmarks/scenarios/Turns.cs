using Teralog.Benchmarks.Brokers;
using Teralog.Benchmarks.Measure;
using Teralog.Benchmarks.Report;

namespace Teralog.Benchmarks.Scenarios;

/// <summary>The order of runs: A B B A A B …, each in a quiet moment if one comes.</summary>
/// <param name="Rounds">Runs of each broker that should count.</param>
/// <param name="RetriesMax">Runs more than that, of both together, for noisy ones.</param>
/// <param name="QuietPatience">How long a run waits for a quiet machine.</param>
internal sealed record Turns(int Rounds, int RetriesMax, TimeSpan QuietPatience)
{
    private const double IdleCoresMax = 0.25;

    /// <summary>Runs both brokers in turns.</summary>
    public Row Run(string name, BrokerProcess[] both, Func<BrokerProcess, Leg> leg)
    {
        var row = new Row(name, []);
        var retries = RetriesMax;
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var broker in round % 2 == 0 ? both : [.. both.Reverse()])
            {
                var done = One(row, broker, leg);
                while (!done.IsQuiet && retries-- > 0)
                    done = One(row, broker, leg);
            }
        }
        return row;
    }

    private Leg One(Row row, BrokerProcess broker, Func<BrokerProcess, Leg> leg)
    {
        Machine.AwaitQuiet(IdleCoresMax, QuietPatience);
        var done = leg(broker);
        row.Legs.Add(done);
        Console.Error.WriteLine(
            $"  {row.Name,-30} {done.Broker,-8} {done.CpuSecondsPerGb,7:F3} s/GB "
            + $"{done.CpuUsPerRequest,7:F1} us/request {done.MbPerSecond,7:F0} MB/s "
            + $"p50 {done.P50Us,7:F0} p99 {done.P99Us,8:F0} us, "
            + $"client {done.ClientCpuSeconds / done.Seconds:F2} cores, "
            + $"foreign {done.ForeignCores:F2}"
            + (done.AllocatedBytesPerRequest is { } bytes ? $", {bytes:F0} B/request" : ""));
        return done;
    }
}
