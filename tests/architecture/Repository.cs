using System.Diagnostics;

namespace Teralog.Architecture.Tests;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The rooms of the product; tests, fuzz and docs are not in it.</summary>
    public static string[] ProductRooms { get; } = ["storage", "net", "core", "plugins"];

    /// <summary>Paths of all files that git tracks or would track, relative, with
    /// slashes.</summary>
    public static string[] Files { get; } = ListFiles();

    public static IEnumerable<string> SourceFiles =>
        Files.Where(file => file.EndsWith(".cs", StringComparison.Ordinal));

    public static IEnumerable<string> ProductSourceFiles =>
        SourceFiles.Where(file => ProductRooms.Contains(file.Split('/')[0]));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, "Engine.sln"))) return at.FullName;
        }
        throw new InvalidOperationException("no Engine.sln above the tests");
    }

    private static string[] ListFiles()
    {
        var start = new ProcessStartInfo("git", "ls-files -co --exclude-standard")
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        string[] files = git.StandardOutput.ReadToEnd()
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        git.WaitForExit();
        return [.. files.Where(file => File.Exists(Path.Combine(Root, file)))];
    }
}
