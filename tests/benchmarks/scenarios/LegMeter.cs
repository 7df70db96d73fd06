using System.Diagnostics;
using Teralog.Benchmarks.Brokers;
using Teralog.Benchmarks.Load;
using Teralog.Benchmarks.Measure;
using Teralog.Benchmarks.Report;

namespace Teralog.Benchmarks.Scenarios;

/// <summary>Measures one run of one broker while the other is idle.</summary>
internal static class LegMeter
{
    public const double ForeignCoresMax = 0.3;

    /// <summary>Runs the load and counts what everybody used meanwhile.</summary>
    /// <param name="both">Both brokers: neither is foreign.</param>
    /// <param name="broker">The one that is measured.</param>
    /// <param name="load">The load.</param>
    /// <param name="isProduce">Which direction's bytes count.</param>
    public static Leg Measure(
        BrokerProcess[] both, BrokerProcess broker, Func<LoadMeter> load, bool isProduce)
    {
        GC.Collect();
        var allocated = broker.AllocatedBytes();
        var ours = OurSeconds(both);
        var busy = Machine.BusySeconds();
        var client = ProcessUsage.CpuSeconds(Environment.ProcessId);
        var cpu = broker.CpuSeconds;
        var start = Stopwatch.GetTimestamp();
        var meter = load();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var cpuUsed = broker.CpuSeconds - cpu;
        var clientUsed = ProcessUsage.CpuSeconds(Environment.ProcessId) - client;
        var foreign = Machine.BusySeconds() - busy - (OurSeconds(both) - ours);
        var foreignCores = Math.Max(0, foreign / seconds);
        return new(
            broker.Name, seconds, meter.Answers,
            isProduce ? meter.BytesSent : meter.BytesReceived, cpuUsed, clientUsed, foreignCores,
            meter.PercentileUs(50), meter.PercentileUs(99), meter.PercentileUs(99.9),
            allocated < 0
                ? null
                : (broker.AllocatedBytes() - allocated) / (double)meter.Answers,
            broker.ResidentMb, foreignCores <= ForeignCoresMax);
    }

    private static double OurSeconds(BrokerProcess[] both) =>
        both.Sum(each => each.CpuSeconds) + ProcessUsage.CpuSeconds(Environment.ProcessId);
}
