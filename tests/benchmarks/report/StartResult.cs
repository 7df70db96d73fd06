namespace Teralog.Benchmarks.Report;

/// <summary>One start of a broker on an empty folder.</summary>
internal sealed record StartResult(
    string Broker, double FirstMetadataMs, double IdleResidentMb, double LoadResidentMb);
