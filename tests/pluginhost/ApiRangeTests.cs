namespace Teralog.PluginHost.Tests;

public sealed class ApiRangeTests
{
    [Theory]
    [InlineData("[1.0,2.0)", "1.0", true)]
    [InlineData("[1.0,2.0)", "1.9", true)]
    [InlineData("[1.0,2.0)", "2.0", false)]
    [InlineData("(1.0,2.0]", "1.0", false)]
    [InlineData("(1.0,2.0]", "2.0", true)]
    [InlineData("[1.2]", "1.2", true)]
    [InlineData("[1.2]", "1.3", false)]
    [InlineData("[1.1,)", "9.0", true)]
    [InlineData("(,1.0)", "1.0", false)]
    public void A_range_contains_what_it_says(string range, string version, bool expected) =>
        Assert.Equal(expected, ApiRange.Parse(range)!.Contains(Version.Parse(version)));

    [Theory]
    [InlineData("")]
    [InlineData("1.0")]
    [InlineData("[]")]
    [InlineData("(1.0)")]
    [InlineData("[2.0,1.0]")]
    [InlineData("[1.0,2.0,3.0]")]
    [InlineData("[one,two)")]
    public void What_is_no_range_is_null(string text) => Assert.Null(ApiRange.Parse(text));
}
