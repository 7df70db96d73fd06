namespace Teralog.Benchmarks;

/// <summary>What to measure, and with what.</summary>
/// <param name="What">produce, fetch, start or all.</param>
/// <param name="IsQuick">Fewer and shorter runs: to see that it works.</param>
/// <param name="Teralog">A published broker's folder; null publishes one.</param>
/// <param name="Peer">Which brokers take part: both, kafka or teralog.</param>
/// <param name="Work">Where data goes: on the disk that is to be measured.</param>
/// <param name="Out">Where the JSON report goes; null writes none.</param>
/// <param name="Congestion">TCP congestion control for both.</param>
internal sealed record BenchmarkOptions(
    string What, bool IsQuick, string? Teralog, string Peer, string Work, string? Out,
    string Congestion)
{
    public bool Measures(string what) => What == "all" || What == what;
}
