using System.Text.RegularExpressions;

namespace Oxcaching.Fody.Tests.Building;

/// <summary>What a build printed, and how it ended.</summary>
internal sealed record BuildOutcome(int ExitCode, string Output)
{
    /// <summary>The weaver's errors, each once, as <c>Program.cs(3): OXC007</c>.</summary>
    public IReadOnlyList<string> WeaverErrors => Regex
        .Matches(Output, @"(\w+\.cs)\((\d+)[^)]*\): error .*?(OXC\d+)")
        .Select(match => $"{match.Groups[1]}({match.Groups[2]}): {match.Groups[3]}")
        .Distinct().Order().ToList();
}
