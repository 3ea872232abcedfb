using System.Text.RegularExpressions;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Chaos;

/// <summary>docs/RELIABILITY.md names the tests that prove it.</summary>
public sealed class ReliabilityPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "docs", "RELIABILITY.md"));

    public static TheoryData<string> Tests => [.. Regex.Matches(Page, @"`(\w+Tests(?:\.\w+)?)`").Select(match => match.Groups[1].Value).Distinct()];

    [Theory]
    [MemberData(nameof(Tests))]
    public void Every_test_that_it_names_is_there(string test)
    {
        var (name, method) = test.Split('.') is [var first, var second] ? (first, second) : (test, null);
        var type = Assert.Single(typeof(ReliabilityPageTests).Assembly.GetTypes(), type => type.Name == name);
        Assert.Contains(type.GetMethods(), one => one.IsDefined(typeof(FactAttribute), inherit: true) && (method ?? one.Name) == one.Name);
    }

    [Fact]
    public void Every_fault_has_a_test() =>
        Assert.All(
            Page[Page.IndexOf("## Fault by fault", StringComparison.Ordinal)..Page.IndexOf("## Proof", StringComparison.Ordinal)]
                .Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1),
            row => Assert.Matches(@"`\w+Tests(\.\w+)?`[^|]*\|$", row));
}
