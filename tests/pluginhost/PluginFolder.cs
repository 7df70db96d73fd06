using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace Teralog.PluginHost.Tests;

/// <summary>A temporary folder of plugins that are compiled from source; removed at the
/// end.</summary>
internal sealed class PluginFolder : IDisposable
{
    public const string Codec = """
        public sealed class Codec(string name, int id) : Teralog.Abstractions.ICodec
        {
            public string Name => name;
            public int Id => id;
            public Teralog.Abstractions.CodecResult Decompress(
                System.ReadOnlySpan<byte> s, System.Buffers.IBufferWriter<byte> d, long cap) =>
                Teralog.Abstractions.CodecResult.Done;
            public Teralog.Abstractions.CodecResult Compress(
                System.ReadOnlySpan<byte> s, System.Buffers.IBufferWriter<byte> d, int level) =>
                Teralog.Abstractions.CodecResult.Done;
        }
        """;

    private static readonly MetadataReference[] _references =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
        .Select(path => (MetadataReference)MetadataReference.CreateFromFile(path)).ToArray();

    public string Root { get; } = Directory.CreateTempSubdirectory("teralog-plugins-").FullName;

    public static string Entry(string body) => Codec + $$"""
        public sealed class Entry : Teralog.Abstractions.IPlugin
        {
            public void Register(
                Teralog.Abstractions.IPluginRegistry registry,
                Teralog.Abstractions.IPluginContext context)
            {
                {{body}}
            }
        }
        """;

    public static string Manifest(
        string id, string kind = "codec", string api = "[1.0,2.0)", string more = "") =>
        $$"""
        {"id":"{{id}}","kind":"{{kind}}","version":"1.2.3","api":"{{api}}",
        "entry":"Plugin.dll"{{more}}}
        """;

    public PluginFolder Add(string folder, string? manifest, string? source)
    {
        var path = Directory.CreateDirectory(Path.Combine(Root, folder)).FullName;
        if (manifest is not null)
            File.WriteAllText(Path.Combine(path, "plugin.json"), manifest);
        if (source is not null)
            Compile(source, Path.Combine(path, "Plugin.dll"), "Plugin." + folder);
        return this;
    }

    public static void Compile(string source, string path, string name)
    {
        var compilation = CSharpCompilation.Create(
            name, [CSharpSyntaxTree.ParseText(source)], _references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        using var stream = File.Create(path);
        var result = compilation.Emit(stream);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
    }

    public PluginLoadResult Load() => PluginLoader.Load(Root, new PluginHostServices(
        NullLoggerFactory.Instance, new NoConfiguration(), TimeProvider.System));

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private sealed class NoConfiguration : IConfiguration
    {
        public string? this[string key]
        {
            get => key == "probe" ? "seen" : null;
            set => throw new NotSupportedException();
        }

        public IEnumerable<IConfigurationSection> GetChildren() => [];

        public Microsoft.Extensions.Primitives.IChangeToken GetReloadToken() =>
            throw new NotSupportedException();

        public IConfigurationSection GetSection(string key) => throw new NotSupportedException();
    }
}
