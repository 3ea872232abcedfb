using System.Text.RegularExpressions;

namespace Oxcaching.Fody.Tests.Support;

/// <summary>Compares the errors of a source with the marks in it: <c>// OXC001</c> on each line that must have one.</summary>
internal static partial class Expect
{
    /// <summary>Weaves the source and checks that there is exactly one error for each mark, on its line and with its file.</summary>
    /// <returns>The texts of the errors, in order.</returns>
    public static IReadOnlyList<string> Errors(string source, Build build = Build.Debug, IReadOnlyList<string>? references = null)
    {
        var errors = WeaverRunner.Weave(source, build, references).Errors;
        var expected = source.Split('\n').SelectMany((line, index) => Mark().Matches(line).Select(mark => $"{SourceCompiler.FileName}({index + 1}): {mark.Value}"));
        Assert.Equal(expected.Order(), errors.Select(error => $"{error.File}({error.Line}): {error.Id}").Order());
        return errors.Select(error => error.Text).ToList();
    }

    [GeneratedRegex(@"(?<=//.*)OXC\d{3}")]
    private static partial Regex Mark();
}
