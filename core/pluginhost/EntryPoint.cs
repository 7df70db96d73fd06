using System.Reflection;
using System.Security.Cryptography;
using Teralog.Abstractions;
using IsolatedLoader = McMaster.NETCore.Plugins.PluginLoader;

namespace Teralog.PluginHost;

/// <summary>
/// Checks the entry assembly, loads it in a context of its own and makes the entry object. The
/// context is not collectible: calls into collectible ones cost several times more.
/// </summary>
internal static class EntryPoint
{
    public static IPlugin Create(PluginManifest manifest, string folder)
    {
        if (!manifest.Api.Contains(PluginApi.Version))
            throw new PluginRefusedException($"wants the plugin API {manifest.ApiText}, but this "
                + $"broker has {PluginApi.Version}; use a build of the plugin for this broker");
        var path = Path.Combine(folder, manifest.EntryFile);
        if (!File.Exists(path))
            throw new PluginRefusedException(
                $"has no {manifest.EntryFile}, which plugin.json names as its entry");
        CheckHash(manifest, path);
        return Construct(FindType(Load(path), manifest));
    }

    private static void CheckHash(PluginManifest manifest, string path)
    {
        if (manifest.Sha256 is null)
            return;
        using var stream = File.OpenRead(path);
        var actual = Convert.ToHexString(SHA256.HashData(stream));
        if (!actual.Equals(manifest.Sha256, StringComparison.OrdinalIgnoreCase))
            throw new PluginRefusedException($"has a {manifest.EntryFile} whose SHA-256 is not "
                + "the one in plugin.json; the file was changed or replaced");
    }

    private static Assembly Load(string path)
    {
        var loader = IsolatedLoader.CreateFromAssemblyFile(path, config =>
        {
            config.IsUnloadable = false;

            // Lazy means here: do not load the whole framework to learn its names; we list them.
            config.IsLazyLoaded = true;
            foreach (var name in SharedAssemblies.Names)
                config.SharedAssemblies.Add(name);
        });
        return loader.LoadDefaultAssembly();
    }

    private static Type FindType(Assembly assembly, PluginManifest manifest)
    {
        if (manifest.EntryType is not null)
            return Usable(assembly.GetType(manifest.EntryType)
                ?? throw new PluginRefusedException(
                    $"has no type {manifest.EntryType} in {manifest.EntryFile}"));
        var entries = assembly.GetExportedTypes().Where(IsEntry).ToList();
        return entries.Count switch
        {
            1 => Usable(entries[0]),
            0 => throw new PluginRefusedException(
                $"has no public class that implements IPlugin in {manifest.EntryFile}"),
            _ => throw new PluginRefusedException($"has {entries.Count} entry types in "
                + $"{manifest.EntryFile}; name one as \"type\" in plugin.json"),
        };
    }

    private static bool IsEntry(Type type) =>
        type is { IsClass: true, IsAbstract: false } && typeof(IPlugin).IsAssignableFrom(type);

    private static Type Usable(Type type)
    {
        if (!IsEntry(type))
            throw new PluginRefusedException($"has the entry type {type.FullName}, which is not a "
                + "class that implements IPlugin");
        return type.GetConstructor(Type.EmptyTypes) is not null
            ? type
            : throw new PluginRefusedException(
                $"has the entry type {type.FullName} without a public parameterless constructor");
    }

    private static IPlugin Construct(Type type) => (IPlugin)Activator.CreateInstance(type)!;
}
