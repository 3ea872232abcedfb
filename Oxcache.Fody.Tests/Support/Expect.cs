using System.Text.RegularExpressions;

namespace Oxcaching.Fody.Tests.Support;

/// <summary>Compares the errors of a source with the marks in it: <c>// OXC001</c> on each line that must have one.</summary>
internal static partial class Expect
{
    /// <summary>Weaves the source and checks that there is exactly one error for each mark, on its line and with its file.</summary>
    /// <returns>The texts of the errors, in order.</returns>
    public static IReadOnlyList<string> Errors(
        string source, Build build = Build.Debug, IReadOnlyList<string>? references = null, ProjectFolder? project = null) =>
        AtMarks(source, WeaverRunner.Weave(source, build, references, project).Errors);

    /// <summary>The same for warnings, of a source without errors.</summary>
    public static IReadOnlyList<string> Warnings(string source, Build build = Build.Debug, string? noWarn = null)
    {
        var result = WeaverRunner.Weave(source, build, noWarn: noWarn);
        Assert.Empty(result.Errors);
        return AtMarks(source, result.Warnings);
    }

    private static List<string> AtMarks(string source, IReadOnlyList<WeaveError> found)
    {
        var expected = source.Split('\n').SelectMany((line, index) => Mark().Matches(line).Select(mark => $"{SourceCompiler.FileName}({index + 1}): {mark.Value}"));
        Assert.Equal(expected.Order(), found.Select(error => $"{error.File}({error.Line}): {error.Id}").Order());
        return found.Select(error => error.Text).ToList();
    }

    [GeneratedRegex(@"(?<=//.*)OXC\d{3}")]
    private static partial Regex Mark();
}
