namespace Teralog.Server.Configuration;

/// <summary>Where data goes when nobody says: the user's data folder (XDG base directories).
/// </summary>
internal static class DataFolders
{
    public static string Default()
    {
        var data = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
        if (string.IsNullOrEmpty(data) || !Path.IsPathRooted(data))
            data = Path.Combine(Environment.GetFolderPath(
                Environment.SpecialFolder.UserProfile,
                Environment.SpecialFolderOption.DoNotVerify), ".local", "share");
        return Path.Combine(data, "teralog");
    }
}
