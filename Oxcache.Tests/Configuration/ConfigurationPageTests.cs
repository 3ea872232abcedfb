using System.Text.RegularExpressions;
using Oxcaching.Configuration.Schema;
using Oxcaching.Tests.TestSupport;

namespace Oxcaching.Tests.Configuration;

/// <summary>docs/CONFIGURATION.md says what the library does.</summary>
public sealed class ConfigurationPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(TestData.RepositoryRoot, "docs", "CONFIGURATION.md"));

    public static TheoryData<string> Examples => [.. Regex.Matches(Page, "```toml\n(.*?)```", RegexOptions.Singleline).Select(m => m.Groups[1].Value)];

    public static TheoryData<string> Keys => [.. KeysOf(OptionsSchema.Global, "").Concat(KeysOf(OptionsSchema.Service, "")).Distinct()];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Every_example_is_valid(string toml) => Assert.NotNull(ConfigurationText.LoadOptions(toml));

    [Theory]
    [MemberData(nameof(Keys))]
    public void Every_key_is_explained(string key) => Assert.Contains($"`{key}`", Page, StringComparison.Ordinal);

    /// <summary>The sections inside l2 have no tables of their own on the page.</summary>
    private static IEnumerable<string> KeysOf(Section section, string prefix) => section.Settings.Select(s => prefix + s.Name)
        .Concat(section.Parts.SelectMany(p => KeysOf(p.Section, section.Name == "l2" ? $"{p.Section.Name}." : "")));
}
