using Teralog.Broker;

namespace Teralog.Server.Hosting;

/// <summary>
/// Holds the metadata folder for this process. The system takes the lock away when the process
/// ends, however it ends.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private const string FileName = ".lock";

    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <exception cref="BrokerStartException">Another process has it, or it cannot be written.
    /// </exception>
    public static FolderLock Take(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(folder, exception);
        }

        var path = Path.Combine(folder, FileName);
        try
        {
            return new FolderLock(new FileStream(
                path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (File.Exists(path) && IsLocked(exception))
        {
            throw new BrokerStartException($"Another broker uses the data folder {folder}: stop "
                + "it, or set log.dirs to another folder.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(folder, exception);
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>EAGAIN of flock: what the framework gives for a file that someone else holds.
    /// </summary>
    private static bool IsLocked(IOException exception) => exception.HResult == 11;

    private static BrokerStartException CannotWrite(string folder, Exception exception) => new(
        $"The data folder {folder} cannot be written: {exception.Message.TrimEnd('.')}: make it "
        + "writable for this user, or set log.dirs to another folder.", exception);
}
