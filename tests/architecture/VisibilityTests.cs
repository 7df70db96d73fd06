using System.Reflection;
using ArchUnitNET.Loader;
using ArchUnitNET.xUnitV3;
using PublicApiGenerator;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace Teralog.Architecture.Tests;

/// <summary>Sealed and internal by default; what is public is a text file that a change shows.
/// </summary>
public sealed class VisibilityTests
{
    /// <summary>Set to write the surface files anew; the diff is then reviewed like code.</summary>
    private const string UpdateVariable = "TERALOG_UPDATE_SURFACE";

    private static readonly Assembly[] Doors =
    [
        typeof(Records.Invariant).Assembly,
        typeof(Net.Connection).Assembly,
        typeof(Storage.Log).Assembly,
        typeof(Abstractions.IBroker).Assembly,
    ];

    private static readonly Assembly[] Product =
    [
        .. Directory.GetFiles(AppContext.BaseDirectory, "*.dll")
            .Where(IsProduct).Select(Assembly.LoadFrom),
    ];

    public static TheoryData<string> DoorNames =>
        [.. Doors.Select(door => door.GetName().Name!)];

    [Fact]
    public void Classes_are_sealed()
    {
        var architecture = new ArchLoader().LoadAssemblies(Product).Build();
        Classes().That().AreNotAbstract().And().ResideInAssemblyMatching("Teralog|teralog")
            .And().DoNotHaveName("Program")
            .Should().BeSealed().Check(architecture);
    }

    [Fact]
    public void A_plugin_shows_its_entry_type_only()
    {
        foreach (var assembly in Product.Where(IsPlugin))
        {
            var entry = Assert.Single(assembly.GetExportedTypes());
            Assert.True(typeof(Abstractions.IPlugin).IsAssignableFrom(entry), entry.FullName);
        }
    }

    [Theory, MemberData(nameof(DoorNames))]
    public void The_public_surface_is_the_one_on_file(string name)
    {
        string file = Path.Combine(Repository.Root, "tests/architecture/surface", name + ".txt");
        string surface = Doors.Single(door => door.GetName().Name == name)
            .GeneratePublicApi(new ApiGeneratorOptions { IncludeAssemblyAttributes = false });
        if (Environment.GetEnvironmentVariable(UpdateVariable) is not null)
            File.WriteAllText(file, surface + "\n");
        Assert.Equal(File.ReadAllText(file).TrimEnd(), surface.TrimEnd());
    }

    private static bool IsProduct(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        return (name.StartsWith("Teralog.", StringComparison.Ordinal) || name == "teralog")
            && !name.EndsWith(".Tests", StringComparison.Ordinal) && name != "Teralog.TestKit";
    }

    private static bool IsPlugin(Assembly assembly) =>
        assembly.GetName().Name!.Split('.') is [_, "Codec" or "Assignor" or "Replication"
            or "Protocol", ..];
}
