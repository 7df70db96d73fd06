using System.Diagnostics;

namespace Teralog.Benchmarks.Brokers;

/// <summary>Where the brokers are.</summary>
internal static class Paths
{
    private const string SharedVariable = "TERALOG_SHARED";

    /// <summary>The checkout that this was built from.</summary>
    public static string Repository { get; } = Above("Engine.sln")
        ?? throw new InvalidOperationException("Not inside a checkout.");

    /// <summary>The script that runs Apache Kafka; null where the peers are not here.</summary>
    public static string? Kafka { get; } =
        Environment.GetEnvironmentVariable(SharedVariable) is { Length: > 0 } shared
            ? Path.Combine(shared, "peers/kafka/kafka")
            : Above("shared/peers/kafka/kafka") is { } root
                ? Path.Combine(root, "shared/peers/kafka/kafka")
                : null;

    /// <summary>The published executable; publishes into the folder first where asked.</summary>
    public static string Teralog(string? published, string work)
    {
        if (published is not null)
            return Path.GetFullPath(Path.Combine(published, "teralog"));
        var folder = Path.Combine(work, "published");
        using var publish = Process.Start(
            "dotnet", ["publish", Path.Combine(Repository, "core/server"), "-c", "Release",
                "-v", "q", "--nologo", "-o", folder]);
        publish.WaitForExit();
        return publish.ExitCode == 0
            ? Path.Combine(folder, "teralog")
            : throw new InvalidOperationException("dotnet publish failed.");
    }

    private static string? Above(string mark)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (Path.Exists(Path.Combine(at.FullName, mark)))
                return at.FullName;
        }
        return null;
    }
}
