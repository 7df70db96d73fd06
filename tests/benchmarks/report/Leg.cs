namespace Teralog.Benchmarks.Report;

/// <summary>One measured run of one broker.</summary>
/// <param name="Broker">Which.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Requests">Answered requests.</param>
/// <param name="Bytes">Bytes of the load: sent by a produce, received by a fetch.</param>
/// <param name="BrokerCpuSeconds">What the broker's threads ran.</param>
/// <param name="ClientCpuSeconds">What the load generator ran.</param>
/// <param name="ForeignCores">Cores that neither of them nor the kernel's idle loop had.</param>
/// <param name="P50Us">Median latency, microseconds.</param>
/// <param name="P99Us">99th percentile.</param>
/// <param name="P999Us">99.9th percentile.</param>
/// <param name="AllocatedBytesPerRequest">Managed heap of our broker; null for Kafka.</param>
/// <param name="ResidentMb">The broker's memory after it.</param>
/// <param name="IsQuiet">Whether it counts: others had little of the machine.</param>
internal sealed record Leg(
    string Broker, double Seconds, long Requests, long Bytes, double BrokerCpuSeconds,
    double ClientCpuSeconds, double ForeignCores, double P50Us, double P99Us, double P999Us,
    double? AllocatedBytesPerRequest, double ResidentMb, bool IsQuiet)
{
    public double CpuSecondsPerGb => BrokerCpuSeconds / (Bytes / 1e9);

    public double CpuUsPerRequest => BrokerCpuSeconds * 1e6 / Requests;

    public double MbPerSecond => Bytes / 1e6 / Seconds;
}
