using System.Diagnostics;

namespace Teralog.Storage.Tests.Recovery;

/// <summary>
/// The framework hides a failed fsync (reliability.md §0.1); our own call must not.
/// </summary>
public sealed class FailingSyncTests
{
    [Fact]
    public async Task A_sync_that_the_kernel_fails_is_reported()
    {
        string runner = Path.Combine(AppContext.BaseDirectory, "Teralog.Storage.Tests");
        if (!File.Exists("/usr/bin/strace") || !File.Exists(runner))
            Assert.Skip("strace is absent");

        var start = new ProcessStartInfo("/usr/bin/strace",
            ["-f", "-qq", "-o", "/dev/null", "-e", "trace=fdatasync,fsync",
                "-e", "inject=fdatasync:error=EIO", runner,
                "-explicit", "only",
                "-method", typeof(FailingSyncTests) + "." + nameof(The_traced_part)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync(
            TestContext.Current.CancellationToken);
        string errors = await process.StandardError.ReadToEndAsync(
            TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (errors.Contains("ptrace", StringComparison.Ordinal))
            Assert.Skip("this process may not trace another");

        Assert.True(process.ExitCode == 0, output + errors);
        Assert.Contains("Total: 1", output, StringComparison.Ordinal);
        Assert.Contains("Failed: 0", output, StringComparison.Ordinal);
    }

    [Fact(Explicit = true)]
    public void The_traced_part()
    {
        using var folder = new TemporaryFolder();
        var fileSystem = new LinuxFileSystem();
        using IFile file = fileSystem.Open(folder.Combine("file"), FileOpenMode.Create);
        Assert.Equal(IoError.None, file.Write(new byte[100], 0));
        Assert.Equal(IoError.Device, file.Sync());
    }
}
