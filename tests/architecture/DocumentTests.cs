using System.Text.RegularExpressions;

namespace Teralog.Architecture.Tests;

/// <summary>A page that names a path which is not there is wrong.</summary>
public sealed partial class DocumentTests
{
    private static readonly string[] Roots =
        ["storage/", "net/", "core/", "plugins/", "tests/", "fuzz/", "docs/", ".ci/"];

    public static TheoryData<string> Pages =>
        [.. Repository.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal))];

    [Theory, MemberData(nameof(Pages))]
    public void Every_path_that_a_page_names_exists(string page)
    {
        var missing = Quoted().Matches(Repository.Read(page)).Select(match => match.Groups[1].Value)
            .Where(word => Roots.Any(root => word.StartsWith(root, StringComparison.Ordinal)))
            .Where(path => !Path.Exists(Path.Combine(Repository.Root, path)))
            .ToList();
        Assert.True(missing.Count == 0, $"{page} names {string.Join(", ", missing)}");
    }

    [Fact]
    public void The_first_pages_are_there() =>
        Assert.Superset(
            (HashSet<string>)["README.md", "docs/ARCHITECTURE.md"], Repository.Files.ToHashSet());

    [GeneratedRegex("`([^` *{}<>]+)`")]
    private static partial Regex Quoted();
}
