namespace Teralog.Interop.Harness;

/// <summary>Where the repository and the folder shared beside it are on this machine.</summary>
internal static class Paths
{
    public static string Root { get; } =
        Above(folder => File.Exists(Path.Combine(folder, "Engine.sln")))
        ?? throw new InvalidOperationException("These tests run from inside the repository.");

    /// <summary>The folder with peers and tools, or null where there is none.</summary>
    public static string? Shared { get; } =
        Environment.GetEnvironmentVariable("TERALOG_SHARED") is { Length: > 0 } given
            ? given
            : Path.Combine(Above(HasShared) ?? Root, "shared") is var found
                && Directory.Exists(found) ? found : null;

    public static string Interop => Path.Combine(Root, "tests", "interop");

    /// <summary>The peer's script, which runs Kafka and its tools; null where it is
    /// absent.</summary>
    public static string? Kafka =>
        Shared is null ? null : Path.Combine(Shared, "peers", "kafka", "kafka") is var script
            && File.Exists(script) ? script : null;

    private static bool HasShared(string folder) =>
        Directory.Exists(Path.Combine(folder, "shared", "peers"));

    private static string? Above(Func<string, bool> isIt)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (isIt(at.FullName))
                return at.FullName;
        return null;
    }
}
