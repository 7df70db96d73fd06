using System.Security.Cryptography;
using Teralog.Abstractions;

namespace Teralog.PluginHost.Tests;

public sealed class LoaderTests : IDisposable
{
    private const string AddCodec = "registry.AddCodec(new Codec(\"c1\", 9));";

    private readonly PluginFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_good_plugin_is_in_the_catalog()
    {
        var result = _folder.Add("one", PluginFolder.Manifest("one"), PluginFolder.Entry(
            "if (context.Configuration[\"probe\"] == \"seen\" && context.PluginId == \"one\")"
            + AddCodec)).Load();
        Assert.Empty(result.Refusals);
        Assert.Equal(9, result.Catalog!.Codecs["c1"].Id);
        var info = Assert.Single(result.Plugins);
        Assert.Equal(("one", PluginKind.Codec, "1.2.3", PluginStatus.Loaded, "c1"),
            (info.Id, info.Kind, info.Version, info.Status, info.Message));
    }

    [Fact]
    public void A_plugin_with_its_own_copy_of_the_contracts_still_gets_the_hosts()
    {
        _folder.Add("one", PluginFolder.Manifest("one"), PluginFolder.Entry(AddCodec));
        foreach (var name in new[] { "Teralog.Abstractions.dll", "Teralog.Records.dll",
            "Microsoft.Extensions.Logging.Abstractions.dll" })
            File.Copy(Path.Combine(AppContext.BaseDirectory, name),
                Path.Combine(_folder.Root, "one", name));
        var result = _folder.Load();
        Assert.Empty(result.Refusals);
        Assert.IsType<ICodec>(result.Catalog!.Codecs["c1"], exactMatch: false);
    }

    [Fact]
    public void Two_plugins_may_carry_different_libraries_of_one_name()
    {
        foreach (var (folder, id) in new[] { ("a", 21), ("b", 22) })
        {
            _folder.Add(folder, PluginFolder.Manifest(folder), PluginFolder.Entry(
                $"registry.AddCodec(new Codec(\"{folder}\", (int)System.Reflection.Assembly.Load("
                + "\"Private.Library\").GetType(\"L\")!.GetField(\"Id\")!.GetValue(null)!));"));
            PluginFolder.Compile($"public static class L {{ public static int Id = {id}; }}",
                Path.Combine(_folder.Root, folder, "Private.Library.dll"), "Private.Library");
        }

        var result = _folder.Load();
        Assert.Empty(result.Refusals);
        Assert.Equal([21, 22], result.Catalog!.Codecs.Values.Select(c => c.Id).Order());
    }

    public static TheoryData<string?, string?, string> Bad => new()
    {
        { null, null, "has no plugin.json" },
        { "{ \"id\": ", null, "is not JSON (line 1)" },
        { "[]", null, "is not a JSON object" },
        { "{\"id\":\"x\"}", null, "has no 'api'" },
        { PluginFolder.Manifest("X y"), null, "has the id 'X y'" },
        { PluginFolder.Manifest("x", kind: "tool"), null, "has the kind 'tool'" },
        { PluginFolder.Manifest("x", api: "1.0"), null, "has the api range '1.0'" },
        { PluginFolder.Manifest("x", api: "[2.0,3.0)"), null,
            "wants the plugin API [2.0,3.0), but" },
        { PluginFolder.Manifest("x", more: ",\"sha265\":\"\""), null, "unknown property 'sha265'" },
        { PluginFolder.Manifest("x"), null, "has no Plugin.dll" },
        {
            PluginFolder.Manifest("x", more: $",\"sha256\":\"{new string('0', 64)}\""),
            PluginFolder.Entry(AddCodec), "SHA-256 is not"
        },
        { PluginFolder.Manifest("x"), "public class None;", "no public class that implements" },
        { PluginFolder.Manifest("x"), PluginFolder.Entry(""), "registers nothing" },
        {
            PluginFolder.Manifest("x", kind: "assignor"), PluginFolder.Entry(AddCodec),
            "registers a codec, but plugin.json says it is a partition assignor"
        },
        {
            PluginFolder.Manifest("x"), PluginFolder.Entry(
                "throw new System.InvalidOperationException(\"no lib\\nhere.\");"),
            "failed to start: InvalidOperationException: no lib here."
        },
        {
            PluginFolder.Manifest("x"), PluginFolder.Entry(
                "try { registry.AddCodec(new Codec(\"Bad Name\", 9)); } catch { }" + AddCodec),
            "under the name 'Bad Name'"
        },
        {
            PluginFolder.Manifest("x", more: ",\"type\":\"Other\""), PluginFolder.Entry(AddCodec),
            "has no type Other"
        },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void A_bad_plugin_is_one_sentence_and_the_good_ones_do_not_start_alone(
        string? manifest, string? source, string expected)
    {
        _folder.Add("good", PluginFolder.Manifest("good"), PluginFolder.Entry(
            "registry.AddCodec(new Codec(\"good\", 8));"));
        var result = _folder.Add("x", manifest, source).Load();
        Assert.Null(result.Catalog);
        var sentence = Assert.Single(result.Refusals);
        Assert.StartsWith("Plugin 'x' ", sentence);
        Assert.Contains(expected, sentence);
        Assert.DoesNotContain('\n', sentence);
        Assert.EndsWith(".", sentence);
        Assert.Equal(2, result.Plugins.Count);
    }

    [Theory]
    [InlineData("one", "c1", 9, "has an id that folder 'a' has too")]
    [InlineData("two", "c1", 7, "'c1', which plugin 'one' registered already")]
    [InlineData("two", "c2", 9, "wire id 9, which plugin 'one' registered already")]
    public void What_is_taken_is_refused_and_both_are_named(
        string id, string name, int wireId, string expected)
    {
        var result = _folder
            .Add("a", PluginFolder.Manifest("one"), PluginFolder.Entry(AddCodec))
            .Add("b", PluginFolder.Manifest(id), PluginFolder.Entry(
                $"registry.AddCodec(new Codec(\"{name}\", {wireId}));"))
            .Load();
        Assert.Contains(expected, Assert.Single(result.Refusals));
    }

    [Fact]
    public void A_hash_that_fits_is_accepted()
    {
        _folder.Add("one", null, PluginFolder.Entry(AddCodec));
        var path = Path.Combine(_folder.Root, "one");
        var hash = Convert.ToHexString(
            SHA256.HashData(File.ReadAllBytes(Path.Combine(path, "Plugin.dll"))));
        File.WriteAllText(Path.Combine(path, "plugin.json"),
            PluginFolder.Manifest("one", more: $",\"sha256\":\"{hash}\""));
        Assert.Empty(_folder.Load().Refusals);
    }

    [Fact]
    public void A_missing_folder_is_a_sentence()
    {
        var result = PluginLoader.Load(Path.Combine(_folder.Root, "none"), null!);
        Assert.Contains("does not exist", Assert.Single(result.Refusals));
    }
}
