using System.Diagnostics;
using HdrHistogram;

namespace Teralog.Benchmarks.Load;

/// <summary>What a run measured: latencies from the time a request was due, in microseconds.
/// </summary>
internal sealed class LoadMeter
{
    private const long LatencyMaxNs = 60_000_000_000;
    private readonly LongHistogram _latencies = new(LatencyMaxNs, 3);

    public long Answers { get; private set; }

    public long BytesSent { get; set; }

    public long BytesReceived { get; set; }

    public void Answered(long dueAt)
    {
        var latencyNs = (long)Stopwatch.GetElapsedTime(dueAt).TotalNanoseconds;
        _latencies.RecordValue(Math.Clamp(latencyNs, 1, LatencyMaxNs));
        Answers++;
    }

    /// <summary>Latency in microseconds that so many per cent of the requests stayed under.
    /// </summary>
    public double PercentileUs(double percent) =>
        _latencies.GetValueAtPercentile(percent) / 1000.0;
}
