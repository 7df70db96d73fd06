namespace Teralog.TestKit;

/// <summary>
/// The folder of reference material beside the repository. It is not part of the project: a
/// test that does not find it says so and is skipped.
/// </summary>
public static class SharedFolder
{
    private const string Variable = "TERALOG_SHARED";

    /// <summary>
    /// The path of a file or folder in it, or null where it is absent. TERALOG_SHARED names the
    /// folder; else it is <c>shared</c> beside a folder above the running test.
    /// </summary>
    public static string? Find(params string[] parts)
    {
        var path = Path.Combine([Root() ?? "", .. parts]);
        return Root() is not null && Path.Exists(path) ? path : null;
    }

    private static string? Root()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
            return named;
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, "shared", "protocol");
            if (Directory.Exists(candidate))
                return Path.GetDirectoryName(candidate);
        }
        return null;
    }
}
