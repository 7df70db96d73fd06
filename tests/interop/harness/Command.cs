using System.Diagnostics;

namespace Teralog.Interop.Harness;

/// <summary>Runs one program to its end, with bounded time; kills it and its children
/// after.</summary>
internal static class Command
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    public static Task<CommandResult> RunAsync(string file, params string[] arguments) =>
        RunAsync(file, arguments, null);

    /// <param name="file">The program.</param>
    /// <param name="arguments">Its arguments, each as it is.</param>
    /// <param name="feed">Writes its standard input; null for none.</param>
    /// <param name="drain">Reads its standard output; null to keep it in the result.</param>
    /// <param name="patience">After this it is killed; null for two minutes.</param>
    public static async Task<CommandResult> RunAsync(
        string file, string[] arguments, Func<Stream, Task>? feed,
        Func<Stream, Task>? drain = null, TimeSpan? patience = null)
    {
        using var process = Process.Start(Info(file, arguments))
            ?? throw new InvalidOperationException($"{file} did not start.");
        using var stop = new CancellationTokenSource(patience ?? Patience);
        using var kill = stop.Token.Register(() => process.Kill(entireProcessTree: true));
        var output = new MemoryStream();
        var reading = drain is null
            ? process.StandardOutput.BaseStream.CopyToAsync(output)
            : drain(process.StandardOutput.BaseStream);
        var errors = process.StandardError.ReadToEndAsync();
        var feeding = FeedAsync(process, feed);
        await Task.WhenAll(reading, errors, feeding);
        await process.WaitForExitAsync();
        var what = $"{file} {string.Join(' ', arguments)}";
        if (stop.IsCancellationRequested)
            what += $"\n(killed after {patience ?? Patience})";
        return new CommandResult(what, process.ExitCode, output.ToArray(), errors.Result);
    }

    public static bool Exists(string file, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(Info(file, arguments));
            process!.StandardInput.Close();
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    public static ProcessStartInfo Info(string file, params string[] arguments) =>
        new(file, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

    private static async Task FeedAsync(Process process, Func<Stream, Task>? feed)
    {
        await Task.Yield();
        try
        {
            if (feed is not null)
                await feed(process.StandardInput.BaseStream);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended before it read everything: its exit code says why.
        }
    }
}
