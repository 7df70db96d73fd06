using System.Diagnostics;

namespace Teralog.Interop.Harness;

/// <summary>
/// The published server, made once for the whole run (or given by TERALOG_SERVER_DIR).
/// </summary>
internal static class Published
{
    private static readonly Lazy<string> Made = new(Make);

    public static string Executable => Path.Combine(Made.Value, "teralog");

    private static string Make()
    {
        if (Environment.GetEnvironmentVariable("TERALOG_SERVER_DIR") is { Length: > 0 } given)
            return given;
        var folder = Directory.CreateTempSubdirectory("teralog-published-").FullName;
        var server = Path.Combine(Paths.Root, "core", "server");
        using var publish = Process.Start(Command.Info(
            "dotnet", "publish", server, "-c", "Release", "-o", folder, "--nologo", "-v", "q"))!;
        publish.StandardInput.Close();
        var errors = publish.StandardError.ReadToEndAsync();
        var output = publish.StandardOutput.ReadToEnd();
        publish.WaitForExit();
        Assert.True(publish.ExitCode == 0, $"dotnet publish failed:\n{output}\n{errors.Result}");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, true);
        return folder;
    }
}
