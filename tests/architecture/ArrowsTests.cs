using System.Xml.Linq;

namespace Teralog.Architecture.Tests;

/// <summary>
/// Who may reference whom. Think hard about the layering before you add an arrow: the line, and the
/// reason for it, go into the same commit as the reference.
/// </summary>
public sealed class ArrowsTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["storage/records"] = [],
        ["net"] = [],
        ["storage/log"] = ["storage/records"],
        ["core/abstractions"] = ["storage/records", "net"],
        // The embedded metadata store writes files through the storage room's file-system seam, so
        // that one simulated disk tests both.
        ["core/metadata"] = ["core/abstractions", "storage/log"],
        ["core/broker"] = ["core/abstractions", "core/metadata", "core/schema", "storage/log"],
        ["core/pluginhost"] = ["core/abstractions"],
        ["core/schema"] = [],
        // The command line's client is made from the same schema text as the frontend.
        ["core/server"] =
        [
            "core/abstractions", "core/broker", "core/metadata", "core/pluginhost", "core/schema",
            "net",
        ],
    };

    private static readonly string[] AllowedForPlugins =
        ["core/abstractions", "core/schema", "net", "storage/records"];

    public static TheoryData<string> Projects =>
    [
        .. Repository.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)
            && Repository.ProductRooms.Contains(file.Split('/')[0])),
    ];

    [Theory, MemberData(nameof(Projects))]
    public void A_project_references_only_what_it_may(string project)
    {
        string room = Path.GetDirectoryName(project)!;
        string[] allowed = room.StartsWith("plugins/", StringComparison.Ordinal)
            ? AllowedForPlugins
            : Allowed[room];
        foreach (string target in References(project))
            Assert.True(allowed.Contains(target), $"{room} may not reference {target}");
    }

    [Fact]
    public void The_server_references_no_plugin()
    {
        var plugins = XDocument.Parse(Repository.Read("core/server/Teralog.Server.csproj"))
            .Descendants("ProjectReference")
            .Where(reference => ((string)reference.Attribute("Include")!).Contains("plugins"));
        foreach (var reference in plugins)
        {
            Assert.Equal("false", (string?)reference.Attribute("ReferenceOutputAssembly"));
            Assert.Equal("all", (string?)reference.Attribute("ExcludeAssets"));
        }
    }

    [Fact]
    public void Every_room_of_the_table_exists() =>
        Assert.All(Allowed.Keys, room => Assert.Contains(
            Repository.Files, file => file.StartsWith(room + "/", StringComparison.Ordinal)));

    /// <summary>Rooms that the project file names; the server's build order on plugins is the one
    /// reference that is none.</summary>
    private static IEnumerable<string> References(string project) =>
        XDocument.Parse(Repository.Read(project)).Descendants("ProjectReference")
            .Where(reference => reference.Attribute("IsPlugin") is null)
            .Select(reference => (string)reference.Attribute("Include")!)
            .Select(path => Path.GetDirectoryName(Path.GetRelativePath(
                Repository.Root,
                Path.GetFullPath(Path.Combine(
                    Repository.Root, Path.GetDirectoryName(project)!, path))))!);
}
