using System.Reflection;
using Teralog.Abstractions;

namespace Teralog.PluginHost;

/// <summary>
/// Names of the assemblies that a plugin always gets from the host, even where it carries a copy:
/// the contracts with what they expose, and the whole framework. A type that crosses the border
/// must be the same type on both sides.
/// </summary>
internal static class SharedAssemblies
{
    /// <summary>Found once: the list does not change while the process runs.</summary>
    public static IReadOnlyList<AssemblyName> Names { get; } = Find();

    private static List<AssemblyName> Find()
    {
        var names = new SortedSet<string>(StringComparer.OrdinalIgnoreCase);
        AddContracts(names, typeof(IPlugin).Assembly);
        AddFramework(names);
        return names.Select(name => new AssemblyName(name)).ToList();
    }

    /// <summary>The contracts' own references, and theirs: all that a signature can name.</summary>
    private static void AddContracts(SortedSet<string> names, Assembly assembly)
    {
        if (!names.Add(assembly.GetName().Name!))
            return;
        foreach (var reference in assembly.GetReferencedAssemblies())
        {
            if (IsHostOwned(reference.Name!))
                AddContracts(names, Assembly.Load(reference));
        }
    }

    private static bool IsHostOwned(string name) =>
        name.StartsWith("Teralog.", StringComparison.Ordinal)
        || name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal);

    /// <summary>What the runtime trusts and does not come from the application's own
    /// folder.</summary>
    private static void AddFramework(SortedSet<string> names)
    {
        var trusted = AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "";
        foreach (var path in trusted.Split(
            Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!path.StartsWith(AppContext.BaseDirectory, StringComparison.Ordinal))
                names.Add(Path.GetFileNameWithoutExtension(path));
        }
    }
}
